package dev.jiggety.agent.incident;

import dev.jiggety.repository.HubException;
import java.util.HashSet;
import java.util.Set;

/** Sees to it that what goes wrong with one subject keeps no other one waiting. */
final class Faults {
  private static final System.Logger LOG = System.getLogger(Faults.class.getName());

  private final Term term;
  private final Set<String> failing = new HashSet<>();

  Faults(Term term) {
    this.term = term;
  }

  /**
   * Does something about a subject; whatever it throws goes no further, but for what says that the
   * hub is away.
   */
  void guard(String subject, Runnable body) {
    try {
      body.run();
      if (failing.remove(subject)) {
        term.fine(subject);
      }
    } catch (HubException e) {
      if (e.kind() == HubException.Kind.UNAVAILABLE) {
        throw e;
      }
      failed(subject, e);
    } catch (RuntimeException | StackOverflowError e) {
      failed(subject, e);
    }
  }

  /** Whether it went wrong the last time. */
  boolean isFailing(String subject) {
    return failing.contains(subject);
  }

  private void failed(String subject, Throwable e) {
    if (failing.add(subject)) {
      LOG.log(System.Logger.Level.ERROR, subject + " cannot be judged", e);
    }
    term.trouble(subject, subject + " cannot be judged: " + e.getMessage());
  }
}
