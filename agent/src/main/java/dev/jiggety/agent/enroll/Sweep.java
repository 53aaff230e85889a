package dev.jiggety.agent.enroll;

import com.google.gson.JsonObject;
import dev.jiggety.document.AdmissionDocument;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.Ids;
import dev.jiggety.document.InvitationDocument;
import dev.jiggety.document.MemberDocument;
import dev.jiggety.model.Admission;
import dev.jiggety.model.HubRole;
import dev.jiggety.model.Invitation;
import dev.jiggety.model.Member;
import dev.jiggety.model.rules.EnrolmentRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes accounts away that nobody is to have: of guests whose invitation has ended, and what a
 * manager that woke up late has made for a node that was dismissed meanwhile. Forgets invitations
 * that are long over. For one thread.
 */
final class Sweep {
  /** Who came with which invitation is kept for so long. */
  private static final Duration KEPT = Duration.ofDays(30);

  private final EnrolmentBoard board;
  private final EnrolmentTerm term;

  Sweep(EnrolmentBoard board, EnrolmentTerm term) {
    this.board = board;
    this.term = term;
  }

  /** How many nodes have an account. */
  int run() {
    int nodes = 0;
    for (Account account : board.accounts()) {
      boolean stays = mayStay(account);
      if (!stays && !term.isOver()) {
        board.take(account.name());
      }
      nodes += stays && account.role() == HubRole.NODE ? 1 : 0;
    }
    for (JsonObject document : board.all(Ids.invitation(""))) {
      if (isForgotten(document) && !term.isOver()) {
        forget(document);
      }
    }
    return nodes;
  }

  private boolean mayStay(Account account) {
    String invitation = account.invitation();
    List<String> ids =
        List.of(Ids.invitation(invitation), Ids.admission(invitation), Ids.member(account.name()));
    Map<String, JsonObject> found = board.read(ids);
    try {
      JsonObject answer = found.get(Ids.admission(invitation));
      Admission admission = answer == null ? null : AdmissionDocument.TYPE.read(answer);
      if (found.containsKey(Ids.invitation(invitation)) && isUnderWay(admission)) {
        return true; // the invitation itself says what comes next
      }
      if (account.role() == HubRole.GUEST) {
        return isReading(admission);
      }
      JsonObject member = found.get(Ids.member(account.name()));
      return member != null
          && MemberDocument.TYPE.read(member).standing() == Member.Standing.ACTIVE;
    } catch (DocumentException e) {
      return true; // a newer version's: that one knows
    }
  }

  private static boolean isUnderWay(@Nullable Admission admission) {
    return admission == null || admission.state() == Admission.State.OPEN;
  }

  /** Somebody who was refused may read why. */
  private boolean isReading(@Nullable Admission admission) {
    return admission != null
        && admission.state() == Admission.State.REFUSED
        && term.now().isBefore(admission.at().plus(EnrolmentRules.GRACE));
  }

  private boolean isForgotten(JsonObject document) {
    try {
      Invitation invitation = InvitationDocument.TYPE.read(document);
      return invitation.expires().plus(KEPT).isBefore(term.now());
    } catch (DocumentException e) {
      return false;
    }
  }

  private void forget(JsonObject document) {
    String id = document.get("_id").getAsString().substring(Ids.invitation("").length());
    Map<String, JsonObject> found = board.read(List.of(Ids.join(id), Ids.admission(id)));
    List<Optional<JsonObject>> all = new ArrayList<>();
    all.add(Optional.ofNullable(found.get(Ids.join(id))));
    all.add(Optional.ofNullable(found.get(Ids.admission(id))));
    all.add(Optional.of(document)); // the last: as long as it is there, the others are missed
    all.forEach(it -> it.ifPresent(board::remove));
  }
}
