/** What came of it: six outcomes by key, snooze, and a note that goes with the next one. */
import { Button, Kbd, Menu, Textarea, TextInput } from '@mantine/core'
import { IconClock } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Outcome } from '@/api/types'
import { dayOf, instantOn, morningAfter } from '@/domain/format'
import { useWhen } from '@/features/session'
import { isComposing } from '@/ui/keys'
import { useShortcuts } from '@/ui/shortcuts'
import classes from './outcome-bar.module.css'
import type { Said } from './record-outcome'

export const OUTCOMES = ['connected', 'no_answer', 'callback', 'meeting', 'lost', 'wrong_person'] as const
const SNOOZES = [
  ['1d', 1],
  ['3d', 3],
  ['1w', 7],
] as const

export const OutcomeBar = ({ onRecord }: { onRecord: (outcome: Outcome, said: Said) => void }) => {
  const { t } = useTranslation()
  const { now, timeZone } = useWhen()
  const [note, setNote] = useState('')
  const [snoozing, setSnoozing] = useState(false)
  const noteField = useRef<HTMLTextAreaElement>(null)
  const today = dayOf(new Date(now).toISOString(), timeZone)

  const record = (outcome: Outcome, until?: string) => {
    const said = note.trim()
    onRecord(outcome, { ...(said ? { note: said } : {}), ...(until ? { until } : {}) })
    setNote('')
    setSnoozing(false)
  }
  useShortcuts({
    ...Object.fromEntries(OUTCOMES.map((outcome, at) => [String(at + 1), () => record(outcome)])),
    s: () => setSnoozing(true),
    n: () => noteField.current?.focus(),
  })

  return (
    <section className={classes.bar} aria-label={t('today.outcome')}>
      <div className={classes.buttons}>
        {OUTCOMES.map((outcome, at) => (
          <Button
            key={outcome}
            variant={outcome === 'meeting' ? 'filled' : 'default'}
            justify="space-between"
            px={9}
            rightSection={<Kbd size="xs">{at + 1}</Kbd>}
            aria-keyshortcuts={String(at + 1)}
            onClick={() => record(outcome)}
          >
            {t(`outcome.${outcome}`)}
          </Button>
        ))}
      </div>
      <div className={classes.below}>
        <Textarea
          ref={noteField}
          className={classes.note}
          autosize
          minRows={1}
          maxRows={5}
          value={note}
          placeholder={t('today.note_placeholder')}
          aria-label={t('today.note')}
          onChange={(event) => setNote(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (isComposing(event.nativeEvent)) return
            if (event.key === 'Escape') event.currentTarget.blur()
            if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) record('connected')
          }}
        />
        <Menu opened={snoozing} onChange={setSnoozing} width={210}>
          <Menu.Target>
            <Button
              variant="default"
              leftSection={<IconClock size={15} stroke={1.6} />}
              rightSection={<Kbd size="xs">S</Kbd>}
              aria-keyshortcuts="S"
            >
              {t('outcome.snooze')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {SNOOZES.map(([name, days]) => (
              <Menu.Item key={name} onClick={() => record('snooze', morningAfter(days, now, timeZone))}>
                {t(`today.snooze.${name}`)}
              </Menu.Item>
            ))}
            <Menu.Divider />
            <div className={classes.date}>
              <TextInput
                type="date"
                label={t('today.snooze.date')}
                min={today}
                onChange={(event) => {
                  const day = event.currentTarget.value
                  // A year half typed is a date as well, but one far in the past.
                  if (today < day) record('snooze', instantOn(day, timeZone))
                }}
              />
            </div>
          </Menu.Dropdown>
        </Menu>
      </div>
    </section>
  )
}
