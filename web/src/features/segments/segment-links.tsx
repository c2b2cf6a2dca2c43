/** Segments by their names, each a way to its page. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { segmentsQuery } from '@/api/query'
import { paths } from '@/domain/paths'
import classes from './segment-facts.module.css'

export const SegmentLinks = ({ ids }: { ids: string[] }) => {
  const known = useQuery(segmentsQuery).data?.segments ?? []
  return ids.map((id) => (
    <Link key={id} to={paths.segment} params={{ id }} className={classes.link}>
      {known.find((row) => row.id === id)?.name ?? id}
    </Link>
  ))
}
