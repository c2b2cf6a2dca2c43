export { JudgeSign } from './judge-sign'
export { useJudge } from './use-judge'
