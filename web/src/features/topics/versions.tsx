/** Earlier versions of the dictionary, each of which can be put in force again. */
import { Button, Menu } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answer, client } from '@/api/client'
import { dictionaryVersionsQuery } from '@/api/query'
import type { Dictionary, DictionaryDraft } from '@/api/types'
import { formatDateTime } from '@/domain/format'
import { useWhen } from '@/features/session'
import { Faults, useSaveDictionary } from './rule-editor'

export const Versions = ({ dictionary, mayEdit }: { dictionary: Dictionary; mayEdit: boolean }) => {
  const { t } = useTranslation()
  const when = useWhen()
  const [opened, setOpened] = useState(false)
  const versions = useQuery({ ...dictionaryVersionsQuery, enabled: opened }).data?.versions ?? []
  const { save, saving, faults } = useSaveDictionary(dictionary.version, () => setOpened(false))
  if (dictionary.version === 0 || !mayEdit) return null
  const restore = async (version: number) => {
    const then = await answer(
      client.GET('/api/v1/dictionary/versions/{version}', { params: { path: { version } } }),
    ).catch(() => null)
    if (then) await save(then.draft as unknown as DictionaryDraft)
  }
  const earlier = versions.filter((one) => one.version !== dictionary.version)
  return (
    <>
      <Menu opened={opened} onChange={setOpened} width={300}>
        <Menu.Target>
          <Button variant="default" loading={saving}>
            {t('topics.earlier')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {earlier.map((one) => (
            <Menu.Item key={one.version} onClick={() => void restore(one.version)}>
              {t('topics.version', { version: one.version })} ・ {formatDateTime(one.at, when)}
            </Menu.Item>
          ))}
          <Menu.Item onClick={() => void restore(0)}>{t('topics.built_in')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {0 < faults.length && <Faults faults={faults} />}
    </>
  )
}
