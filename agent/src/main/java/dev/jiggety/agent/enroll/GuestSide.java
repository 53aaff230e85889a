package dev.jiggety.agent.enroll;

import com.google.gson.JsonObject;
import dev.jiggety.agent.identity.PendingIdentity;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.AdmissionDocument;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.Ids;
import dev.jiggety.document.InvitationDocument;
import dev.jiggety.document.JoinDocument;
import dev.jiggety.document.MemberDocument;
import dev.jiggety.model.Admission;
import dev.jiggety.model.Invitation;
import dev.jiggety.model.Join;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.model.rules.EnrolmentRules;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.couch.Answers;
import dev.jiggety.signing.MachinePassword;
import dev.jiggety.signing.SignatureException;
import dev.jiggety.signing.Signatures;
import dev.jiggety.signing.Token;
import dev.jiggety.signing.Trust;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * What a guest sees of the hub with the token. Nothing of it is believed that the manager of the
 * token, or one whom that one names, has not signed. For one thread.
 */
final class GuestSide implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(200);

  private final Token token;
  private final Hub hub;
  private final HubDatabase enrolment;
  private Trust managers = Trust.NONE;

  private GuestSide(Token token, Hub hub, HubDatabase enrolment) {
    this.token = token;
    this.hub = hub;
    this.enrolment = enrolment;
  }

  static GuestSide open(Wishes wishes, HubOptions options) {
    Token token = wishes.token();
    String guest = Invitation.guest(token.invitation());
    Hub hub = Hub.open(NodeSide.as(wishes.hub(), guest, token.secret()), options);
    return new GuestSide(token, hub, hub.database(wishes.names().enrolment()));
  }

  /**
   * What the manager says of the invitation, before anything is asked.
   *
   * @throws JoinException when it is over, or not the manager of the token says it
   */
  Admission standing() {
    JsonObject document = read(Ids.admission(token.invitation())).orElseThrow(this::unknown);
    Admission admission = parsed(document);
    admission.keys().stream()
        .filter(key -> key.id().equals(token.managerKey()))
        .findFirst()
        .ifPresent(key -> managers = Trust.of(List.of(key)));
    managers = managers.and(Trust.of(believed(document, admission).keys()));
    if (admission.state() == Admission.State.REFUSED
        || admission.state() == Admission.State.EXPIRED) {
      throw new JoinException(ended(admission));
    }
    return admission;
  }

  private Admission believed(JsonObject document, Admission admission) {
    try {
      Signatures.check(document, managers, TrustedKey.Role.MANAGER);
      if (!admission.invitation().equals(token.invitation())) {
        throw new JoinException(
            "the hub shows what the manager has signed for another invitation, "
                + admission.invitation()
                + ": somebody has changed it; nothing was asked");
      }
      return admission;
    } catch (SignatureException e) {
      throw new JoinException(
          "what the hub shows is not what the manager of the token has signed (%s): this is another hub, or somebody has changed it; nothing was asked"
              .formatted(e.getMessage()),
          e);
    }
  }

  private static Admission parsed(JsonObject document) {
    try {
      return AdmissionDocument.TYPE.read(document);
    } catch (DocumentException e) {
      throw new JoinException("the manager's answer cannot be read: " + e.getMessage(), e);
    }
  }

  /** What the invitation says that the node is to be called. */
  Optional<String> invitedAs() {
    return read(Ids.invitation(token.invitation()))
        .map(document -> InvitationDocument.TYPE.read(document).name())
        .filter(name -> !name.isEmpty());
  }

  /** Why that name cannot be had, as far as a guest sees; asking with it would use the token up. */
  Optional<String> taken(String name) {
    return read(Ids.member(name))
        .map(MemberDocument.TYPE::read)
        .flatMap(member -> EnrolmentRules.taken(name, member));
  }

  /**
   * Asks, once for all who have the token.
   *
   * @throws JoinException when somebody else has asked with it
   */
  void ask(Join join, PendingIdentity pending) {
    Outcome<String> put = enrolment.put(JoinDocument.TYPE.write(join));
    if (put.isOk()) {
      return;
    }
    Optional<JsonObject> standing = read(Ids.join(join.invitation()));
    if (standing.isEmpty()) {
      throw failure(put, "ask to be let in");
    }
    Join asked = JoinDocument.TYPE.read(standing.get());
    boolean isOurs =
        asked.name().equals(pending.name())
            && asked.sealing().equals(join.sealing())
            && MachinePassword.fits(pending.password(), asked.account());
    if (!isOurs) {
      throw new JoinException(used(asked.name()));
    }
  }

  private static String used(String name) {
    return "the token was used before, for the node %s; if that was not you, tell whoever gave it to you: jiggety enroll revoke %s"
        .formatted(name, name);
  }

  /**
   * Waits until the manager has decided.
   *
   * @param isLetIn whether the node's own account is there; asked once where the guest's is gone
   * @throws JoinException when it was not let in, or nobody answers
   */
  void awaitAnswer(PendingIdentity pending, BooleanSupplier isLetIn) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() - end < 0) {
      Outcome<JsonObject> found = enrolment.get(Ids.admission(token.invitation()));
      if (isShutOut(found)) {
        if (isLetIn.getAsBoolean()) {
          return;
        }
        throw new JoinException(
            "the invitation has ended and the node was not let in; ask whoever gave you the token: jiggety enroll list says why");
      }
      if (found instanceof Outcome.Ok<JsonObject>(JsonObject document)) {
        Admission admission = believed(document, parsed(document));
        switch (admission.state()) {
          case OPEN -> {}
          case ADMITTED -> {
            if (!admission.node().equals(pending.name())) {
              throw new JoinException(used(admission.node()));
            }
            return;
          }
          case REFUSED, EXPIRED -> throw new JoinException(ended(admission));
        }
      }
      pause();
    }
    throw new JoinException(
        "no manager has answered within %d s; give the same command again when one runs: jiggety manager"
            .formatted(PATIENCE.toSeconds()));
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JoinException("interrupted; give the same command again to go on", e);
    }
  }

  private static boolean isShutOut(Outcome<?> outcome) {
    return outcome instanceof Outcome.Refused<?> refused
        && (refused.isUnauthorized() || refused.isForbidden());
  }

  private static String ended(Admission admission) {
    return "the token is void: %s; ask for a new one".formatted(admission.reason());
  }

  private JoinException unknown() {
    return new JoinException(
        "the hub knows nothing of this token: is it the right hub, and the right --prefix?");
  }

  private Optional<JsonObject> read(String id) {
    Outcome<JsonObject> found = enrolment.get(id);
    if (found instanceof Outcome.Missing<JsonObject>) {
      return Optional.empty();
    }
    if (found instanceof Outcome.Ok<JsonObject>(JsonObject document)) {
      return Optional.of(document);
    }
    throw failure(found, "read " + id);
  }

  private RuntimeException failure(Outcome<?> outcome, String what) {
    if (outcome instanceof Outcome.Refused<?> refused && refused.isUnauthorized()) {
      return new JoinException(
          "the hub does not know this token: it was used, has expired, or is another hub's; ask for a new one");
    }
    if (outcome instanceof Outcome.Refused<?> refused && refused.isForbidden()) {
      return new JoinException(
          "the hub does not let this token in now (%s); after wrong tokens it waits five minutes"
              .formatted(refused.reason()));
    }
    return outcome instanceof Outcome.Unavailable<?>(String reason, var _)
        ? new HubException(HubException.Kind.UNAVAILABLE, reason)
        : Answers.failure(outcome, enrolment, what);
  }

  @Override
  public void close() {
    hub.close();
  }
}
