/** What was put right of a file before it went in: what stands there and what is taken, side by side. */
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Import } from '@/api/types'
import { formatNumber } from '@/domain/format'
import { useLanguage } from '@/features/session'
import { Panel } from '@/ui/page'
import classes from './import-steps.module.css'
import { RowTable } from './row-table'
import { useImportStep } from './use-import-step'

export const Mended = ({ told }: { told: Import }) => {
  const { t } = useTranslation()
  const { language } = useLanguage()
  const { step, choose } = useImportStep(told.id)
  const mayChange = told.state === 'checked' || told.state === 'read'
  const takeBack = async (change: Parameters<typeof choose.mutateAsync>[0]) => {
    await choose.mutateAsync(change)
    step.mutate('check')
  }
  return (
    <Panel title={t('imports.mend.title')} aside={formatNumber(told.mended.length + told.left_out.length, language)}>
      <RowTable
        heads={[t('imports.mend.was'), t('imports.mend.value')]}
        does={mayChange ? t('action.undo') : undefined}
      >
        {told.mended.map(({ row, column, was, value }) => (
          <tr key={`${row} ${column}`}>
            <td>{formatNumber(row, language)}</td>
            <td>{column}</td>
            <td className={classes.value}>{was || '–'}</td>
            <td className={classes.value}>{value || '–'}</td>
            {mayChange && (
              <td>
                <Button
                  size="compact-xs"
                  variant="default"
                  onClick={() => void takeBack({ mend: [{ row, column, value: null }] })}
                >
                  {t('action.undo')}
                </Button>
              </td>
            )}
          </tr>
        ))}
        {told.left_out.map((row) => (
          <tr key={row}>
            <td>{formatNumber(row, language)}</td>
            <td colSpan={3}>{t('imports.mend.left_out')}</td>
            {mayChange && (
              <td>
                <Button
                  size="compact-xs"
                  variant="default"
                  onClick={() => void takeBack({ leave_out: [{ row, out: false }] })}
                >
                  {t('action.undo')}
                </Button>
              </td>
            )}
          </tr>
        ))}
      </RowTable>
    </Panel>
  )
}
