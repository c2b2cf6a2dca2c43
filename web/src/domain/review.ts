/** When a segment is to be looked at again. */

/** The day so many months after a day, both as `2027-03-01`; where that month is shorter, its last day. */
export const monthsAfter = (day: string, months: number): string => {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const first = new Date(Date.UTC(year, month - 1 + months, 1))
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  first.setUTCDate(Math.min(date, last))
  return first.toISOString().slice(0, 10)
}

/** What is proposed: looked at once a quarter. */
export const REVIEW_AFTER_MONTHS = 3
