/** What was brought in before, and the way to take it back. */
import { Button } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { serverNow } from '@/api/server-clock'
import type { Import } from '@/api/types'
import { formatBytes, formatNumber } from '@/domain/format'
import { paths } from '@/domain/paths'
import { Moment, useLanguage } from '@/features/session'
import { type GridColumn, VirtualGrid } from '@/ui/virtual-grid'
import { ImportStateTag } from './import-state'
import classes from './imports-list.module.css'
import { useImportStep } from './use-import-step'

export const canUndo = ({ state, undo_until: until }: Import) =>
  state === 'committed' && (until === null || serverNow() < Date.parse(until))

export const ImportsList = ({ imports }: { imports: Import[] }) => {
  const { t } = useTranslation()
  const { language } = useLanguage()
  const navigate = useNavigate()
  const columns: GridColumn<Import>[] = [
    {
      key: 'file',
      title: t('imports.file'),
      width: 'minmax(200px, 2fr)',
      cell: (row) => (
        <Link to={paths.import} params={{ id: String(row.id) }} className={classes.file}>
          {row.file}
        </Link>
      ),
    },
    { key: 'kind', title: t('imports.kind_label'), width: '110px', cell: (row) => t(`imports.kind.${row.kind}`) },
    {
      key: 'state',
      title: t('imports.state_label'),
      width: '130px',
      cell: (row) => <ImportStateTag state={row.state} />,
    },
    {
      key: 'rows',
      title: t('imports.rows'),
      width: '90px',
      align: 'end',
      cell: (row) =>
        row.counts
          ? formatNumber(row.counts.rows, language)
          : row.rows === null
            ? '–'
            : formatNumber(row.rows, language),
    },
    {
      key: 'bytes',
      title: t('imports.size'),
      width: '90px',
      align: 'end',
      cell: (row) => formatBytes(row.bytes, language),
    },
    { key: 'by', title: t('imports.by'), width: '130px', cell: (row) => row.by },
    {
      key: 'at',
      title: t('imports.when'),
      width: '120px',
      cell: (row) => <Moment at={row.committed_at ?? row.created_at} />,
    },
    { key: 'undo', title: '', width: '100px', align: 'end', cell: (row) => canUndo(row) && <UndoButton id={row.id} /> },
  ]
  return (
    <VirtualGrid
      label={t('imports.past')}
      columns={columns}
      rows={imports}
      total={imports.length}
      rowKey={(row) => String(row.id)}
      onOpen={(row) => void navigate({ to: paths.import, params: { id: String(row.id) } })}
    />
  )
}

export const UndoButton = ({ id }: { id: number }) => {
  const { t } = useTranslation()
  const { step } = useImportStep(id)
  return (
    <Button size="compact-xs" variant="light" loading={step.isPending} onClick={() => step.mutate('undo')}>
      {t('action.undo')}
    </Button>
  )
}
