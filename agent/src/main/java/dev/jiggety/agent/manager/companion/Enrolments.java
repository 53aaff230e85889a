package dev.jiggety.agent.manager.companion;

import dev.jiggety.agent.enroll.CouchEnrolmentBoard;
import dev.jiggety.agent.enroll.EnrolmentDesk;
import dev.jiggety.agent.enroll.EnrolmentTerm;
import dev.jiggety.agent.manager.Companion;
import dev.jiggety.couch.Hub;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.signing.SigningKey;
import dev.jiggety.signing.Trust;
import java.time.Instant;

/** Lets nodes in and sends them away while its manager is the active one. */
final class Enrolments implements Companion {
  private final Hub hub;
  private final DatabaseNames names;

  Enrolments(Hub hub, DatabaseNames names) {
    this.hub = hub;
    this.names = names;
  }

  @Override
  public String name() {
    return "enrolment";
  }

  @Override
  public AutoCloseable begin(Turn turn) {
    return EnrolmentDesk.begin(new CouchEnrolmentBoard(hub, names), new TermOf(turn));
  }

  /** A turn as the part sees it. */
  private record TermOf(Turn turn) implements EnrolmentTerm {
    @Override
    public boolean isOver() {
      return turn.isOver();
    }

    @Override
    public Instant now() {
      return turn.now();
    }

    @Override
    public SigningKey key() {
      return turn.key();
    }

    @Override
    public Trust trust() {
      return turn.trust();
    }

    @Override
    public void says(String text) {
      turn.says(text);
    }

    @Override
    public void trouble(String about, String text) {
      turn.trouble(about, text);
    }

    @Override
    public void fine(String about) {
      turn.fine(about);
    }
  }
}
