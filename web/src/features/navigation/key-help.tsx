/** All keys at a glance. */
import { Kbd, Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './key-help.module.css'
import { useNavItems } from './nav-items'

export const KeyHelp = ({ opened, onClose }: { opened: boolean; onClose: () => void }) => {
  const { t } = useTranslation()
  const items = useNavItems()
  const groups: [string, [string[], string][]][] = [
    [
      t('keys.everywhere'),
      [
        [['⌘', 'K'], t('keys.palette')],
        [['/'], t('keys.search')],
        [['J'], t('keys.next')],
        [['K'], t('keys.previous')],
        [['Enter'], t('keys.open')],
        [['Esc'], t('keys.close')],
        [['⌘', 'Z'], t('keys.undo')],
        [['?'], t('keys.help')],
      ],
    ],
    [t('keys.go'), items.map((item) => [['G', item.key.toUpperCase()], item.label])],
    [
      t('nav.today'),
      [
        ...(['connected', 'no_answer', 'callback', 'meeting', 'lost', 'wrong_person'] as const).map(
          (outcome, at): [string[], string] => [[String(at + 1)], t(`outcome.${outcome}`)],
        ),
        [['S'], t('outcome.snooze')],
        [['N'], t('today.note')],
        [['T'], t('today.call')],
      ],
    ],
    [
      t('keys.builder'),
      [
        [['N'], t('builder.add_condition')],
        [['↑↓'], t('keys.walk')],
        [['Alt', '↑↓'], t('builder.move')],
        [['Alt', '→←'], t('keys.into')],
        [['G'], t('keys.group')],
        [['⌘', 'D'], t('builder.copy')],
        [['!'], t('builder.negate')],
        [['Del'], t('action.remove')],
        [['⌘', 'Enter'], t('builder.sample')],
        [['⌘', 'S'], t('action.save')],
      ],
    ],
    [
      t('nav.customers'),
      [
        [['X'], t('keys.choose')],
        [['Shift', '↑↓'], t('keys.choose_on')],
        [['⌘', 'A'], t('keys.choose_all')],
        [['E'], t('edits.change')],
      ],
    ],
    [
      t('nav.map'),
      [
        [['1', '–', '5'], t('keys.views')],
        [['M'], t('map.merge.begin')],
      ],
    ],
  ]
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('keys.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <div className={classes.groups}>
        {groups.map(([title, keys]) => (
          <section key={title}>
            <h2>{title}</h2>
            <dl>
              {keys.map(([strokes, meaning]) => (
                <div key={strokes.join('+')}>
                  <dt>
                    {strokes.map((stroke) => (
                      <Kbd key={stroke} size="xs">
                        {stroke}
                      </Kbd>
                    ))}
                  </dt>
                  <dd>{meaning}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className={classes.note}>{t('keys.off_note')}</p>
    </Modal>
  )
}
