import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import { useSession } from '../../data/SessionProvider';
import { FirstRun } from './FirstRun';
import { LockDialog } from './LockDialog';
import { LockScreen } from './LockScreen';
import { SignIn } from './SignIn';
import { useActivity } from './useActivity';
import './users.css';

/** Remembers between starts that people sign in here, so that nothing flashes up before they have. */
const HINT = 'vas.sign-in';

/** Shows the application to whoever may see it: a question at the first start, sign-in, lock. */
export function SessionGate({ children }: { readonly children: ReactNode }) {
  const session = useSession();
  const before = useRef<string | null>(null);
  const wasHidden = useRef(false);
  useActivity(session);
  const userId = session?.user?.id ?? null;
  const isHidden = session !== null && session.is_locked && !session.shows_wall;
  useEffect(() => {
    if (session === null) return;
    localStorage.setItem(HINT, session.mode === 'sign-in' ? '1' : '0');
    // Somebody else, or what was closed meanwhile: nothing of before stays in this page.
    const isOther = before.current !== null && userId !== null && before.current !== userId;
    const isBack = wasHidden.current && !isHidden && userId !== null;
    if (isOther || isBack) location.reload();
    before.current = userId ?? before.current;
    wasHidden.current = isHidden;
  }, [session, userId, isHidden]);

  if (session === null) return localStorage.getItem(HINT) === '1' ? null : children;
  if (session.mode === 'undecided') return <FirstRun />;
  if (session.user === null) return <SignIn />;
  if (isHidden) return <LockScreen name={session.user.name} />;
  return (
    <>
      {children}
      {session.is_locked ? <LockDialog name={session.user.name} /> : null}
    </>
  );
}
