import type { GroupMemberView } from '#shared/contract/cluster-types.ts';
import { counted } from '../../strings/counts.ts';
import { Section } from '../../ui/section.tsx';
import css from '../detail-page.module.css';
import { partitionRanges } from './partition-ranges.ts';

const mostShown = 200;

/** Who is in the group, and which partitions each has. */
export function GroupMembers({ members }: { readonly members: readonly GroupMemberView[] }) {
  return (
    <Section title="Members" count={members.length}>
      {members.length === 0 ? <p className={css.none}>Nobody is in the group now.</p> : null}
      <ul className={css.members} aria-label="Members">
        {members.slice(0, mostShown).map((member) => (
          <li key={member.memberId} className={css.member}>
            <span className={css.client} title={`${member.memberId}\n${member.host}`}>
              {member.instanceId ?? member.clientId}
              <span className={css.dim}> {member.host}</span>
            </span>
            <span className={css.assigned}>{assignedWords(member)}</span>
          </li>
        ))}
      </ul>
      {members.length > mostShown ? (
        <p className={css.none}>{counted(members.length - mostShown, 'more member')}.</p>
      ) : null}
    </Section>
  );
}

function assignedWords({ assignments }: GroupMemberView): string {
  const words = assignments
    .filter(({ partitions }) => partitions.length > 0)
    .map(({ topic, partitions }) => `${topic} ${partitionRanges(partitions)}`);
  return words.length === 0 ? 'no partitions' : words.join(', ');
}
