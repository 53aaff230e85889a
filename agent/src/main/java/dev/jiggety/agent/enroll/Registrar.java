package dev.jiggety.agent.enroll;

import com.google.gson.JsonObject;
import dev.jiggety.document.AdmissionDocument;
import dev.jiggety.document.DismissalDocument;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.DocumentType;
import dev.jiggety.document.Ids;
import dev.jiggety.document.InvitationDocument;
import dev.jiggety.document.JoinDocument;
import dev.jiggety.document.MemberDocument;
import dev.jiggety.model.Admission;
import dev.jiggety.model.Dismissal;
import dev.jiggety.model.HubRole;
import dev.jiggety.model.Invitation;
import dev.jiggety.model.Join;
import dev.jiggety.model.Member;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.model.rules.EnrolmentRules;
import dev.jiggety.model.rules.EnrolmentRules.Step;
import dev.jiggety.signing.SealingKey;
import dev.jiggety.signing.SignatureException;
import dev.jiggety.signing.Signatures;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what the rules say about one invitation or one dismissal. Each step leaves the hub so
 * that the same look at it finds the next one: accounts first, the signed word last. For one
 * thread.
 */
final class Registrar {
  private static final Logger LOG = System.getLogger(Registrar.class.getName());

  /** Somebody else writes as well, or a step brings the next one: so often in a row at most. */
  private static final int MOST_STEPS = 5;

  private final EnrolmentBoard board;
  private final EnrolmentTerm term;

  Registrar(EnrolmentBoard board, EnrolmentTerm term) {
    this.board = board;
    this.term = term;
  }

  /** What stands on the hub about one invitation. */
  private record File(
      JsonObject document,
      @Nullable JsonObject answer,
      @Nullable JsonObject asked,
      @Nullable JsonObject named) {}

  /**
   * Sees to an invitation as far as it goes now.
   *
   * @return when it ends; null where it has ended, or is none
   */
  @Nullable Instant settle(String id) {
    for (int i = 0; i < MOST_STEPS && !term.isOver(); i++) {
      File file = open(id);
      if (file == null) {
        return null;
      }
      Admission admission = answered(file);
      if (admission != null && admission.state() != Admission.State.OPEN) {
        if (admission.state() != Admission.State.REFUSED) {
          board.take(Invitation.guest(id)); // who was refused may come back to read why
        }
        return null;
      }
      Invitation invitation = believed(file, id, admission);
      if (invitation == null) {
        continue; // it was refused; the next look finds that
      }
      Join join = asked(file);
      Step step = next(invitation, admission, join, file);
      if (step instanceof Step.Wait) {
        return invitation.expires();
      }
      carryOut(step, invitation, admission, join, file);
    }
    return term.now(); // looked at again soon
  }

  private @Nullable File open(String id) {
    Map<String, JsonObject> found =
        board.read(List.of(Ids.invitation(id), Ids.admission(id), Ids.join(id)));
    JsonObject document = found.get(Ids.invitation(id));
    if (document == null) {
      return null;
    }
    JsonObject asked = found.get(Ids.join(id));
    String name = asked == null ? "" : text(asked, "name");
    JsonObject named =
        EnrolmentRules.isNodeName(name)
            ? board.read(List.of(Ids.member(name))).get(Ids.member(name))
            : null;
    return new File(document, found.get(Ids.admission(id)), asked, named);
  }

  private static String text(JsonObject json, String name) {
    return json.get(name) != null && json.get(name).isJsonPrimitive()
        ? json.get(name).getAsString()
        : "";
  }

  private static @Nullable Admission answered(File file) {
    return file.answer == null ? null : AdmissionDocument.TYPE.read(file.answer);
  }

  private static @Nullable Join asked(File file) {
    return readable(JoinDocument.TYPE, file.asked);
  }

  private static <T> @Nullable T readable(DocumentType<T> type, @Nullable JsonObject document) {
    try {
      return document == null ? null : type.read(document);
    } catch (DocumentException e) {
      LOG.log(Level.WARNING, "{0}", e.getMessage());
      return null;
    }
  }

  /** The invitation, where it is what an operator has signed; else it is refused. */
  private @Nullable Invitation believed(File file, String id, @Nullable Admission admission) {
    try {
      Signatures.check(file.document, term.trust(), TrustedKey.Role.OPERATOR);
      return InvitationDocument.TYPE.read(file.document);
    } catch (SignatureException | DocumentException e) {
      Admission before = admission == null ? blank(id, new TreeSet<>()) : admission;
      refuse(before, String.valueOf(e.getMessage()), file);
      return null;
    }
  }

  private Step next(
      Invitation invitation, @Nullable Admission admission, @Nullable Join join, File file) {
    boolean isOpen = admission != null;
    if (isOpen && file.asked != null && join == null) {
      return new Step.Refuse("what was asked with it cannot be read; update the node's program");
    }
    Member named = readable(MemberDocument.TYPE, file.named);
    if (file.named != null && named == null) {
      return new Step.Refuse(
          file.named.get("_id").getAsString() + " cannot be read; choose another name");
    }
    Step step = EnrolmentRules.next(invitation, admission, join, named, term.now());
    if (step instanceof Step.Admit && join != null && !isSealingKey(join.sealing())) {
      return new Step.Refuse("the node's sealing key is none");
    }
    return step;
  }

  private static boolean isSealingKey(String key) {
    try {
      SealingKey.seal(key, new byte[1], "enrolment");
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private void carryOut(
      Step step,
      Invitation invitation,
      @Nullable Admission admission,
      @Nullable Join join,
      File file) {
    Admission before = admission == null ? blank(invitation.id(), invitation.tags()) : admission;
    switch (step) {
      case Step.Wait() -> {}
      case Step.Open() -> {
        String guest = Invitation.guest(invitation.id());
        var account = new Account(guest, HubRole.GUEST, invitation.id(), invitation.account());
        if (board.make(account)) {
          say(before, file);
        } else {
          refuse(before, "there is an account " + guest + " on the hub already", file);
        }
      }
      case Step.Admit() -> {
        if (join != null) {
          admit(invitation, before, join, file);
        }
      }
      case Step.Refuse(String reason) -> refuse(before, reason, file);
      case Step.Expire() -> {
        board.take(Invitation.guest(invitation.id()));
        String why = "nobody came before it expired at " + invitation.expires();
        say(before.ended(Admission.State.EXPIRED, "", why, now(), manager()), file);
      }
    }
  }

  private void admit(Invitation invitation, Admission before, Join join, File file) {
    String name = join.name();
    var account = new Account(name, HubRole.NODE, invitation.id(), join.account());
    if (term.isOver()) {
      return;
    }
    Member named = readable(MemberDocument.TYPE, file.named);
    boolean isMember = named != null && named.standing() == Member.Standing.ACTIVE;
    if (isMember && board.accounts().stream().noneMatch(it -> isFrom(it, account))) {
      // Not let in by this invitation: somebody asks as a node whose key everybody can read.
      refuse(before, EnrolmentRules.taken(name, named).orElseThrow(), file);
      return;
    }
    if (!board.make(account)) {
      refuse(
          before,
          "there is an account %s on the hub already; choose another name".formatted(name),
          file);
      return;
    }
    if (!isMember) {
      Member member =
          new Member(
              name,
              invitation.tags(),
              join.sealing(),
              Member.Standing.ACTIVE,
              now(),
              invitation.by());
      if (!put(MemberDocument.TYPE.write(member), file.named)) {
        return; // looked at again
      }
    }
    if (say(before.ended(Admission.State.ADMITTED, name, "", now(), manager()), file)) {
      LOG.log(Level.INFO, "the node {0} is let in, invited by {1}", name, invitation.by());
    }
  }

  private static boolean isFrom(Account standing, Account made) {
    return standing.name().equals(made.name()) && standing.invitation().equals(made.invitation());
  }

  private void refuse(Admission before, String reason, File file) {
    if (say(before.ended(Admission.State.REFUSED, "", reason, now(), manager()), file)) {
      LOG.log(Level.WARNING, "the invitation {0} is void: {1}", before.invitation(), reason);
    }
  }

  private boolean say(Admission admission, File file) {
    return put(AdmissionDocument.TYPE.write(admission), file.answer);
  }

  /** Signs and writes, in the place of what was read. */
  private boolean put(JsonObject document, @Nullable JsonObject before) {
    if (term.isOver()) {
      return false;
    }
    JsonObject signed = Signatures.sign(document, term.key());
    if (before != null) {
      signed.add("_rev", before.get("_rev"));
    }
    return board.put(signed);
  }

  /** An invitation that stands: whom to believe, and as what the node comes. */
  private Admission blank(String id, NavigableSet<String> tags) {
    List<TrustedKey> managers = new ArrayList<>(List.of(term.key().trusted()));
    term.trust().keys().values().stream()
        .filter(key -> key.role() == TrustedKey.Role.MANAGER && !managers.contains(key))
        .forEach(managers::add);
    return new Admission(id, Admission.State.OPEN, "", tags, "", managers, now(), manager());
  }

  /** Sees to a dismissal: the account goes first, so that the node is out at once. */
  void dismiss(String id) {
    JsonObject document = board.read(List.of(Ids.dismissal(id))).get(Ids.dismissal(id));
    Optional<Dismissal> ordered = document == null ? Optional.empty() : ordered(document);
    if (ordered.isEmpty()) {
      return;
    }
    Dismissal dismissal = ordered.get();
    for (int i = 0; i < MOST_STEPS && !term.isOver(); i++) {
      String memberId = Ids.member(dismissal.node());
      JsonObject standing = board.read(List.of(memberId)).get(memberId);
      Member member = readable(MemberDocument.TYPE, standing);
      Optional<Member> after =
          member == null ? Optional.empty() : EnrolmentRules.dismissed(member, dismissal, now());
      if (after.isEmpty()) {
        return; // done before, or about an earlier member of that name
      }
      board.take(dismissal.node());
      if (put(MemberDocument.TYPE.write(after.get()), standing)) {
        LOG.log(
            Level.INFO,
            "the node {0} is {1} by {2}",
            dismissal.node(),
            dismissal.standing().label(),
            dismissal.by());
        return;
      }
    }
  }

  private Optional<Dismissal> ordered(JsonObject document) {
    try {
      Signatures.check(document, term.trust(), TrustedKey.Role.OPERATOR);
      return Optional.of(DismissalDocument.TYPE.read(document));
    } catch (SignatureException | DocumentException e) {
      LOG.log(Level.WARNING, "nobody is dismissed: {0}", e.getMessage());
      return Optional.empty();
    }
  }

  /** As exactly as documents keep it. */
  private Instant now() {
    return term.now().truncatedTo(ChronoUnit.MILLIS);
  }

  private String manager() {
    return term.key().trusted().name();
  }
}
