/** A matching level at a glance: one piece for each criterion, as wide as it weighs; filled, hatched or empty. */
import { useTranslation } from 'react-i18next'
import type { Met } from '@/api/types'
import classes from './match-bar.module.css'

type Piece = { id: string; name: string; weight: number; state: Met }

export const MatchBar = ({ pieces }: { pieces: Piece[] }) => {
  const { t } = useTranslation()
  const said = pieces.map(({ name, state }) => `${name}: ${t(`offers.met.${state}`)}`).join('、')
  return (
    <span className={classes.bar} role="img" aria-label={said}>
      {pieces.map(({ id, name, weight, state }) => (
        <i key={id} data-state={state} style={{ flexGrow: weight }} title={`${name}: ${t(`offers.met.${state}`)}`} />
      ))}
    </span>
  )
}

/** 62, or 62–85 where something is not known. */
export const LevelFigure = ({ level, atMost, large }: { level: number; atMost: number; large?: boolean }) => {
  const { t } = useTranslation()
  const range = t('offers.range', { level, most: atMost })
  return (
    <span className={classes.figure} data-large={large || undefined} title={level < atMost ? range : undefined}>
      <b>{level}</b>
      {level < atMost && <small>–{atMost}</small>}
    </span>
  )
}
