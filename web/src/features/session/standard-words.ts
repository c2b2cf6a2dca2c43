/** The words for values that every firm shares: what a contact does, where a deal stands. A firm's own values stay as they are. */
import { useTranslation } from 'react-i18next'

const ROLES = ['decides', 'influences', 'champions', 'uses'] as const
const STAGES = ['opened', 'quoted', 'won', 'lost', 'paused'] as const

export const useStandardWords = () => {
  const { t } = useTranslation()
  return {
    contactRole: (role: string) => {
      const known = ROLES.find((each) => each === role)
      return known ? t(`contact_role.${known}`) : role
    },
    dealStage: (stage: string) => {
      const known = STAGES.find((each) => each === stage)
      return known ? t(`deal_stage.${known}`) : stage
    },
  }
}
