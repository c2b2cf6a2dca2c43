/** How the file is read and where each column goes. Guesses are shown, and the unsure ones are marked. */
import { Checkbox, NumberInput, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Column, FieldOption, Import, ImportKind } from '@/api/types'
import { Panel } from '@/ui/page'
import { Tag } from '@/ui/tag'
import { FirstRows, Samples } from './becoming'
import { Encodings } from './encodings'
import classes from './import-steps.module.css'
import { useImportStep } from './use-import-step'

const KINDS: readonly ImportKind[] = [
  'customers',
  'contacts',
  'cards',
  'events',
  'page_views',
  'usage',
  'mails',
  'letters',
  'inquiries',
  'surveys',
  'purchases',
  'deals',
  'reports',
]
/** What may stand between cells; others are recognised but not offered. */
const DELIMITERS = [
  { value: ',', name: 'comma' },
  { value: '\t', name: 'tab' },
  { value: ';', name: 'semicolon' },
  { value: '|', name: 'bar' },
] as const
/** As the server names them; the people's word for CP932 stands beside it. */
const ENCODINGS = ['utf-8', 'cp932', 'euc-jp', 'iso-2022-jp', 'utf-16le', 'utf-16be', 'windows-1252']
const encodingLabel = (name: string) => (name === 'cp932' ? 'CP932 (Shift_JIS)' : name.toUpperCase())
const SKIP = ''

/** Fields without which no row can be read. */
export const missingFields = (told: Import): FieldOption[] =>
  told.fields.filter((field) => field.required && !told.columns.some((column) => column.field === field.id))

export const Mapping = ({ told, disabled }: { told: Import; disabled: boolean }) => {
  const { t } = useTranslation()
  const { choose } = useImportStep(told.id)
  const { format } = told
  const off = disabled || choose.isPending
  const current = format.encoding
  const others = ENCODINGS.filter((name) => name !== current)
  const encodings = (current === null ? others : [current, ...others]).map((name) => ({
    value: name,
    label: encodingLabel(name),
  }))
  return (
    <Panel
      title={t('imports.mapping')}
      aside={
        <span>
          {[format.container.toUpperCase(), format.encoding && encodingLabel(format.encoding), format.sheet]
            .filter(Boolean)
            .join(' · ')}
        </span>
      }
    >
      {!disabled && (
        <div className={classes.format}>
          <Select
            label={t('imports.kind_label')}
            w={170}
            disabled={off}
            value={told.kind}
            data={KINDS.map((kind) => ({ value: kind, label: t(`imports.kind.${kind}`) }))}
            onChange={(kind) => kind && choose.mutate({ kind: kind as ImportKind })}
          />
          {format.encoding !== null && (
            <Select
              label={t('imports.encoding')}
              w={150}
              disabled={off}
              value={format.encoding}
              data={encodings}
              onChange={(encoding) => encoding && choose.mutate({ encoding })}
            />
          )}
          {format.delimiter !== null && (
            <Select
              label={t('imports.delimiter')}
              w={120}
              disabled={off}
              value={format.delimiter}
              data={DELIMITERS.map(({ value, name }) => ({ value, label: t(`imports.delimiters.${name}`) }))}
              onChange={(delimiter) => delimiter && choose.mutate({ delimiter })}
            />
          )}
          {format.sheets.length > 1 && (
            <Select
              label={t('imports.sheet')}
              w={170}
              disabled={off}
              value={format.sheet}
              data={format.sheets}
              onChange={(sheet) => sheet && choose.mutate({ sheet })}
            />
          )}
          <NumberInput
            label={t('imports.header_row')}
            w={110}
            min={0}
            allowDecimal={false}
            disabled={off}
            value={format.header_row}
            onBlur={(event) => {
              const row = Number(event.currentTarget.value)
              if (row !== format.header_row) choose.mutate({ header_row: row })
            }}
          />
          <NumberInput
            label={t('imports.base_year')}
            w={150}
            min={1900}
            max={2100}
            allowDecimal={false}
            disabled={off}
            value={format.base_year ?? ''}
            onBlur={(event) => {
              const year = event.currentTarget.value === '' ? null : Number(event.currentTarget.value)
              if (year !== format.base_year) choose.mutate({ base_year: year })
            }}
          />
          {format.hidden_rows > 0 && (
            <Checkbox
              label={t('imports.take_hidden', { count: format.hidden_rows })}
              disabled={off}
              checked={format.take_hidden}
              onChange={(event) => choose.mutate({ take_hidden: event.currentTarget.checked })}
            />
          )}
          {told.kind_is_guess && <span className={classes.guess}>{t('imports.kind_is_guess')}</span>}
        </div>
      )}
      {!disabled && <Encodings format={format} disabled={off} onChoose={(encoding) => choose.mutate({ encoding })} />}
      <div className={classes.scroll}>
        <table className={classes.columns}>
          <thead>
            <tr>
              <th scope="col">{t('imports.column')}</th>
              <th scope="col">{t('imports.both_sides')}</th>
              <th scope="col">{t('imports.goes_to')}</th>
              <th scope="col" aria-label={t('imports.sure_label')} />
            </tr>
          </thead>
          <tbody>
            {told.columns.map((column) => (
              <tr key={column.index}>
                <td>{column.header || t('imports.unnamed', { n: column.index + 1 })}</td>
                <td>
                  <Samples told={told} column={column} />
                </td>
                <td>
                  <Goes
                    column={column}
                    fields={told.fields}
                    fixed={disabled}
                    disabled={off}
                    onChange={(field) => choose.mutate({ fields: { [String(column.index)]: field } })}
                  />
                </td>
                <td>{!column.sure && !disabled && <Tag tone="warn">{t('imports.unsure')}</Tag>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <FirstRows told={told} />
    </Panel>
  )
}

type GoesProps = {
  column: Column
  fields: FieldOption[]
  fixed: boolean
  disabled: boolean
  onChange: (field: string | null) => void
}

/** Where a column goes: a choice while it can still be made, then only text. */
const Goes = ({ column, fields, fixed, disabled, onChange }: GoesProps) => {
  const { t } = useTranslation()
  const asAttribute = column.field?.startsWith('attribute:') ? column.field : `attribute:${column.header}`
  const name = asAttribute.slice('attribute:'.length)
  if (fixed) {
    if (column.field === null) return <span className={classes.dim}>{t('imports.skip')}</span>
    return fields.find((field) => field.id === column.field)?.label ?? t('imports.as_attribute', { name })
  }
  return (
    <Select
      aria-label={t('imports.field_of', { column: column.header })}
      w={230}
      searchable
      disabled={disabled}
      value={column.field ?? SKIP}
      data={[
        { value: SKIP, label: t('imports.skip') },
        ...fields.map((field) => ({
          value: field.id,
          label: field.required ? t('imports.required_field', { field: field.label }) : field.label,
        })),
        { value: asAttribute, label: t('imports.as_attribute', { name }) },
      ]}
      onChange={(field) => onChange(field === SKIP ? null : field)}
    />
  )
}
