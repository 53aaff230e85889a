package dev.jiggety.desktop.view.nodes;

import dev.jiggety.desktop.feed.NodePicture;
import dev.jiggety.model.Admission;
import dev.jiggety.model.Invitation;
import dev.jiggety.model.Member;
import dev.jiggety.model.Member.Standing;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.Vitals;
import dev.jiggety.repository.EnrolmentRepository.Invited;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who is, was or may become a node.
 *
 * @param standing of a member; null for who is none
 * @param name empty for an invitation without one
 * @param since when it got that standing; when an invitation ends or was answered; null where that
 *     is not known
 * @param by the operator who invited it, or who sent it away; empty where nobody did
 * @param heardAt when the node was last heard; null for never
 * @param reason why a manager refused it; empty otherwise
 */
record MemberRow(
    State state,
    @Nullable Standing standing,
    String name,
    NavigableSet<String> tags,
    @Nullable Instant since,
    String by,
    @Nullable Instant heardAt,
    String reason) {

  /** How it stands. In the order in which people should look at them. */
  enum State {
    /** Two processes say that they are this node. */
    CLONED,
    /** It is not trusted, and was heard after it was sent away. */
    GHOST,
    /** It tests with an account that came of no invitation. */
    STRANGER,
    INVITED,
    REFUSED,
    ACTIVE,
    EXPIRED,
    RETIRED,
    REVOKED
  }

  /** All of them. Pure. */
  static List<MemberRow> of(
      List<Member> members, List<Invited> invitations, List<NodePicture> nodes, Instant now) {
    Map<String, NodeStatus> heard = new HashMap<>();
    nodes.forEach(it -> heard.put(it.status().name(), it.status()));
    List<MemberRow> rows = new ArrayList<>();
    for (Member member : members) {
      rows.add(of(member, heard.remove(member.name())));
    }
    heard
        .values()
        .forEach(node ->
            rows.add(
                new MemberRow(
                    isCloned(node) ? State.CLONED : State.STRANGER,
                    null,
                    node.name(),
                    new TreeSet<>(node.tags()),
                    null,
                    "",
                    node.heartbeatAt(),
                    "")));
    invitations.stream()
        .filter(it -> it.admission().map(a -> a.state() != Admission.State.ADMITTED).orElse(true))
        .forEach(it -> rows.add(of(it, now)));
    rows.sort(Comparator.comparing(MemberRow::state).thenComparing(MemberRow::name));
    return rows;
  }

  private static MemberRow of(Member member, @Nullable NodeStatus node) {
    State state =
        switch (member.standing()) {
          case ACTIVE -> node != null && isCloned(node) ? State.CLONED : State.ACTIVE;
          case RETIRED -> isGhost(member, node) ? State.GHOST : State.RETIRED;
          case REVOKED -> isGhost(member, node) ? State.GHOST : State.REVOKED;
        };
    return new MemberRow(
        state,
        member.standing(),
        member.name(),
        member.tags(),
        member.since(),
        member.by(),
        node == null ? null : node.heartbeatAt(),
        "");
  }

  private static MemberRow of(Invited invited, Instant now) {
    Invitation it = invited.invitation();
    Admission answer = invited.admission().orElse(null);
    boolean isRefused = answer != null && answer.state() == Admission.State.REFUSED;
    boolean isOver =
        !now.isBefore(it.expires())
            || (answer != null && answer.state() == Admission.State.EXPIRED);
    return new MemberRow(
        isRefused ? State.REFUSED : isOver ? State.EXPIRED : State.INVITED,
        null,
        it.name(),
        it.tags(),
        isRefused && answer != null ? answer.at() : it.expires(),
        it.by(),
        null,
        answer == null ? "" : answer.reason());
  }

  /** What an open feed still lets through for a moment is not meant. */
  private static boolean isGhost(Member member, @Nullable NodeStatus node) {
    return node != null && node.heartbeatAt().isAfter(member.since().plusSeconds(60));
  }

  private static boolean isCloned(NodeStatus node) {
    Vitals vitals = node.vitals();
    return vitals != null && vitals.notices().stream().anyMatch(Troubles::isOfTwins);
  }

  /** Whether it can be taken out of service. */
  boolean canRetire() {
    return standing == Standing.ACTIVE;
  }

  /** Whether it can be told to be trusted no more. */
  boolean canRevoke() {
    return standing != null && standing != Standing.REVOKED;
  }
}
