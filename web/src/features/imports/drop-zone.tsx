/** Files may be dropped anywhere on the page, or chosen by a button. */
import { Button, FileButton, Progress, Textarea } from '@mantine/core'
import { IconUpload } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { type DragEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isRefused } from '@/api/client'
import type { Import } from '@/api/types'
import { uploadFiles } from '@/api/upload'
import { formatPercent } from '@/domain/format'
import { useLanguage } from '@/features/session'
import classes from './drop-zone.module.css'

const KINDS = '.csv,.tsv,.txt,.xlsx,.xls,.xlsb,.ods,.zip,.log,.mbox,.eml,.parquet'

export const DropZone = ({ onAdded, children }: { onAdded: (imports: Import[]) => void; children: ReactNode }) => {
  const { t } = useTranslation()
  const { language } = useLanguage()
  const queries = useQueryClient()
  const [over, setOver] = useState(false)
  const [share, setShare] = useState<number | null>(null)
  const [refusal, setRefusal] = useState<string | null>(null)
  const [pasted, setPasted] = useState('')

  const add = async (files: File[]) => {
    if (files.length === 0) return
    setShare(0)
    setRefusal(null)
    try {
      const imports = await uploadFiles(files, setShare)
      await queries.invalidateQueries({ queryKey: ['imports'] })
      setPasted('')
      onAdded(imports)
    } catch (error) {
      setRefusal(isRefused(error) && error.status !== 0 ? error.message : t('state.unreachable'))
    } finally {
      setShare(null)
    }
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    void add([...event.dataTransfer.files])
  }
  const hover = (event: DragEvent) => {
    if (![...event.dataTransfer.types].includes('Files')) return
    event.preventDefault()
    setOver(true)
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra; the button does the same
    <div
      className={classes.zone}
      data-over={over || undefined}
      onDragOver={hover}
      onDragLeave={(event) => !event.currentTarget.contains(event.relatedTarget as Node | null) && setOver(false)}
      onDrop={drop}
    >
      <div className={classes.drop}>
        <IconUpload size={26} stroke={1.4} aria-hidden />
        <div>
          <p className={classes.invite}>{t('imports.drop')}</p>
          <p className={classes.kinds}>{t('imports.kinds')}</p>
        </div>
        <FileButton
          multiple
          accept={KINDS}
          onChange={(files) => void add(files)}
          inputProps={{ 'aria-label': t('imports.add') }}
        >
          {(props) => (
            <Button {...props} loading={share !== null}>
              {t('imports.choose')}
            </Button>
          )}
        </FileButton>
      </div>
      <details className={classes.paste}>
        <summary>{t('imports.paste')}</summary>
        <Textarea
          label={t('imports.paste_label')}
          autosize
          minRows={3}
          maxRows={10}
          value={pasted}
          onChange={(event) => setPasted(event.currentTarget.value)}
        />
        <Button
          mt="xs"
          variant="default"
          disabled={pasted.trim() === '' || share !== null}
          onClick={() => void add([new File([pasted], `${t('imports.paste_label')}.tsv`)])}
        >
          {t('imports.paste_send')}
        </Button>
      </details>
      {share !== null && (
        <div role="status" className={classes.sending}>
          {t('imports.sending', { share: formatPercent(share, language) })}
          <Progress value={share * 100} aria-label={t('imports.sending', { share: formatPercent(share, language) })} />
        </div>
      )}
      {refusal && (
        <p role="alert" className={classes.refusal}>
          {refusal}
        </p>
      )}
      {children}
    </div>
  )
}
