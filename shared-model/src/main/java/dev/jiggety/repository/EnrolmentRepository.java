package dev.jiggety.repository;

import dev.jiggety.model.Admission;
import dev.jiggety.model.Dismissal;
import dev.jiggety.model.Invitation;
import dev.jiggety.model.Member;
import dev.jiggety.signing.SigningKey;
import java.util.List;
import java.util.Optional;

/**
 * Who is a node, and who may become one, as operators see it. What is shown is what the hub says;
 * the manager alone decides by signatures. Safe for any thread; each call asks the hub and throws
 * {@link HubException} when it cannot.
 */
public interface EnrolmentRepository {

  /** Every node that was ever let in, by name, with its standing. */
  List<Member> members();

  /** One of them. */
  Optional<Member> member(String name);

  /** The invitations that are kept, the oldest first, with what became of each. */
  List<Invited> invitations();

  /** What became of an invitation so far; empty as long as no manager has looked at it. */
  Optional<Admission> admission(String invitationId);

  /**
   * Signs an invitation and hands it in. Handing in the same one once more, after a lost answer,
   * does nothing.
   *
   * @throws HubException of kind {@code REFUSED} when the hub says no, or has another one of that
   *     id
   */
  void invite(Invitation invitation, SigningKey key);

  /** Signs and hands in that a node is no member any more; in the same way. */
  void dismiss(Dismissal dismissal, SigningKey key);

  /**
   * Follows members and invitations: what there is, then every change as it comes. Things can be
   * told twice, never left out; a hub that is away is waited for.
   *
   * @return ends it; after close nothing more is told
   */
  HubFeed.Subscription follow(Listener listener);

  /**
   * An invitation and its answer.
   *
   * @param admission empty as long as no manager has looked at it
   */
  record Invited(Invitation invitation, Optional<Admission> admission) {}

  /** What is told. One call at a time for each method. */
  interface Listener {
    /** Somebody is a member, or has another standing. */
    void member(Member member);

    /** Somebody is invited. */
    void invitation(Invitation invitation);

    /** A manager has answered an invitation. */
    void admission(Admission admission);

    /** An invitation that is long over was removed. */
    void forgotten(String invitationId);

    /** The connection came, or was lost. */
    void connection(HubFeed.Connection connection);
  }
}
