/** A strength from 0 to 100 as a ring with its number. */
import classes from './strength-ring.module.css'

export const StrengthRing = ({
  value,
  tone,
  label,
  size = 34,
}: {
  value: number
  tone: string
  label: string
  size?: number
}) => {
  const radius = 15
  const round = 2 * Math.PI * radius
  const share = Math.min(100, Math.max(0, value)) / 100
  return (
    <svg className={classes.ring} width={size} height={size} viewBox="0 0 36 36" role="img" aria-label={label}>
      <circle cx="18" cy="18" r={radius} fill="none" stroke="var(--kz-line)" strokeWidth="3" />
      <circle
        cx="18"
        cy="18"
        r={radius}
        fill="none"
        stroke={`var(--kz-${tone}-solid)`}
        strokeWidth="3"
        strokeLinecap="round"
        strokeDasharray={`${round * share} ${round}`}
        transform="rotate(-90 18 18)"
      />
      <text x="18" y="22" textAnchor="middle" className={classes.number}>
        {Math.round(value)}
      </text>
    </svg>
  )
}
