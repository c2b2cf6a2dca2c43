/** The card of a model: how it did on what it had not seen, why it was chosen, what moves it, and what was noticed. */
import { IconAlertTriangle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ModelCard as Card, Model } from '@/api/types'
import { formatNumber, formatPercent } from '@/domain/format'
import { paths } from '@/domain/paths'
import { Moment, useLanguage, useMay } from '@/features/session'
import { ButtonLink } from '@/ui/button-link'
import { Panel } from '@/ui/page'
import classes from './models.module.css'

const useDigits = (digits: number) => {
  const { language } = useLanguage()
  const format = new Intl.NumberFormat(language === 'ja' ? 'ja-JP' : 'en-GB', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
  return (n: number) => format.format(n)
}

export const ModelCard = ({ model, card }: { model: Model; card: Card }) => {
  const { t } = useTranslation()
  const mayEdit = useMay('edit_segments')
  const draft = JSON.stringify({ score: model.id, is: { at_least: card.members === null ? '0.5' : '0.7' } })
  return (
    <>
      <Panel
        title={t('models.card', { name: model.name })}
        aside={
          mayEdit &&
          card.value === null && (
            <ButtonLink to={paths.newSegment} search={{ draft }} variant="light" size="compact-sm">
              {t('models.make_segment')}
            </ButtonLink>
          )
        }
      >
        <Facts card={card} />
        {card.warnings.map((warning) => (
          <p key={warning} className={classes.refused}>
            <IconAlertTriangle size={15} stroke={1.7} aria-hidden />
            {warning}
          </p>
        ))}
        {card.why && <p>{card.why}</p>}
        <Learners card={card} />
        {card.value && <Value value={card.value} />}
      </Panel>
      {(0 < card.tenths.length || 0 < card.importance.length) && (
        <div className={classes.two}>
          {0 < card.importance.length && <Importance card={card} />}
          {0 < card.tenths.length && <Calibration card={card} />}
        </div>
      )}
    </>
  )
}

const Facts = ({ card }: { card: Card }) => {
  const { t } = useTranslation()
  const { language } = useLanguage()
  const seconds = card.took_ms.reduce((sum, ms) => sum + ms, 0) / 1000
  return (
    <dl className={classes.facts}>
      <Fact name={t('models.learnt')}>
        <Moment at={card.learnt_at} exact />
      </Fact>
      {card.members !== null && <Fact name={t('models.members')}>{formatNumber(card.members, language)}</Fact>}
      {0 < card.rows && (
        <Fact name={t('models.rows')}>
          {t('models.rows_of', {
            rows: formatNumber(card.rows, language),
            positives: formatNumber(card.positives, language),
            share: formatPercent(card.positives / card.rows, language),
          })}
        </Fact>
      )}
      <Fact name={t('models.lessons')}>
        {card.lessons.map((at) => (
          <span key={at} className={classes.lesson}>
            <Moment at={at} exact />
          </span>
        ))}
      </Fact>
      <Fact name={t('models.customers')}>
        {t('models.drawn', { drawn: formatNumber(card.drawn, language), of: formatNumber(card.customers, language) })}
      </Fact>
      <Fact name={t('models.took')}>
        {t('models.seconds', { n: formatNumber(Math.round(seconds * 10) / 10, language) })}
      </Fact>
    </dl>
  )
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)

const Learners = ({ card }: { card: Card }) => {
  const { t } = useTranslation()
  const { language } = useLanguage()
  const three = useDigits(3)
  if (card.learners.length === 0) return null
  const span = ({ value, low, high }: Card['learners'][number]['auc']) => (
    <>
      {three(value)}{' '}
      <small>
        {three(low)}–{three(high)}
      </small>
    </>
  )
  const first = card.learners[0]
  return (
    <div className={classes.scroll}>
      <table className={classes.table}>
        <caption>
          {first &&
            t('models.held_back', {
              n: formatNumber(first.n, language),
              positives: formatNumber(first.positives, language),
            })}
        </caption>
        <thead>
          <tr>
            <th scope="col">{t('models.learner')}</th>
            <th scope="col">AUC</th>
            <th scope="col">{t('models.lift_of_tenth')}</th>
            <th scope="col">Brier</th>
            <th scope="col">{t('models.calibration_error')}</th>
          </tr>
        </thead>
        <tbody>
          {card.learners.map((learner) => (
            <tr key={learner.name} data-won={learner.won || undefined}>
              <th scope="row">
                {learner.name} {learner.won && <small>{t('models.won')}</small>}
              </th>
              <td>{span(learner.auc)}</td>
              <td>{span(learner.lift)}</td>
              <td>{span(learner.brier)}</td>
              <td>{span(learner.calibration_error)}</td>
            </tr>
          ))}
          {card.rule && (
            <tr>
              <th scope="row">{t('models.rule', { name: card.rule.name })}</th>
              <td>{three(card.rule.auc)}</td>
              <td colSpan={3} />
            </tr>
          )}
        </tbody>
      </table>
    </div>
  )
}

const Importance = ({ card }: { card: Card }) => {
  const { t } = useTranslation()
  const two = useDigits(2)
  const most = Math.max(1e-9, ...card.importance.map(({ worth }) => worth))
  return (
    <Panel title={t('models.importance')}>
      <table className={classes.table}>
        <tbody>
          {card.importance.map(({ name, worth }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className={classes.wide}>
                <span className={classes.worth} style={{ width: `${(100 * worth) / most}%` }} aria-hidden />
              </td>
              <td>{two(worth)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={classes.dim}>{t('models.importance_help')}</p>
    </Panel>
  )
}

const SIDE = 200

/** The tenths of what was held back: what was foretold against what came. The table says the same. */
const Calibration = ({ card }: { card: Card }) => {
  const { t } = useTranslation()
  const { language } = useLanguage()
  const most = Math.max(0.01, ...card.tenths.flatMap(({ score, share }) => [score, share.high]))
  const x = (n: number) => 8 + (n / most) * (SIDE - 16)
  const y = (n: number) => SIDE - x(n)
  const percent = (n: number) => formatPercent(n, language)
  return (
    <Panel title={t('models.calibration')}>
      <div className={classes.calibration}>
        <svg width={SIDE} height={SIDE} role="img" aria-label={t('models.calibration_label')}>
          <line x1={x(0)} y1={y(0)} x2={x(most)} y2={y(most)} className={classes.diagonal} />
          {card.tenths.map(({ score, share }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a tenth is its place
            <g key={at}>
              <line x1={x(score)} x2={x(score)} y1={y(share.low)} y2={y(share.high)} className={classes.whisker} />
              <circle cx={x(score)} cy={y(share.value)} r={3.5} className={classes.point} />
            </g>
          ))}
        </svg>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('models.foretold_share')}</th>
              <th scope="col">{t('models.came_share')}</th>
              <th scope="col">n</th>
            </tr>
          </thead>
          <tbody>
            {card.tenths.map(({ score, share, n }, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a tenth is its place
              <tr key={at}>
                <td>{percent(score)}</td>
                <td>
                  {percent(share.value)}{' '}
                  <small>
                    {percent(share.low)}–{percent(share.high)}
                  </small>
                </td>
                <td>{formatNumber(n, language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  )
}

const Value = ({ value }: { value: NonNullable<Card['value']> }) => {
  const { t } = useTranslation()
  const { language } = useLanguage()
  const whole = (n: number) => formatNumber(Math.round(n), language)
  const three = useDigits(3)
  return (
    <>
      {value.foretold !== null && value.came !== null && (
        <p>
          {t('models.value_check', {
            days: value.checked_days,
            foretold: whole(value.foretold),
            came: whole(value.came),
            error: three(value.error ?? 0),
            rate: three(value.error_of_rate ?? 0),
          })}
        </p>
      )}
      <p className={classes.dim}>
        {t('models.value_parameters')}{' '}
        {value.parameters.map(({ name, worth }) => `${name} ${three(worth)}`).join(' · ')}
        {' · '}log L {whole(value.ln_likelihood)}
      </p>
    </>
  )
}
