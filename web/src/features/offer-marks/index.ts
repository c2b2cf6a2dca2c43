export { LevelFigure, MatchBar } from './match-bar'
