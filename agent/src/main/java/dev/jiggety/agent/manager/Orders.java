package dev.jiggety.agent.manager;

import com.google.gson.JsonObject;
import dev.jiggety.document.CommandDocument;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.Ids;
import dev.jiggety.model.Cause;
import dev.jiggety.model.CommandAnswer;
import dev.jiggety.model.OperatorCommand;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutEffect;
import dev.jiggety.model.RolloutEvent;
import dev.jiggety.model.RolloutState;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.model.rules.ReleaseRules;
import dev.jiggety.model.rules.Rollouts;
import dev.jiggety.signing.SignatureException;
import dev.jiggety.signing.Signatures;
import java.util.List;
import java.util.Optional;

/** Does what operators ask for, and answers. */
final class Orders {
  private final Context context;
  private final Ledger ledger;
  private final InForce inForce;
  private final AuditTrail trail;

  Orders(Context context, Ledger ledger, InForce inForce, AuditTrail trail) {
    this.context = context;
    this.ledger = ledger;
    this.inForce = inForce;
    this.trail = trail;
  }

  /**
   * Obeys a command, or says why not.
   *
   * @param document a {@code command:} document
   * @throws dev.jiggety.repository.HubException when the hub cannot be asked; nothing is done then
   */
  void obey(JsonObject document) {
    String id = document.get("_id").getAsString().substring("command:".length());
    if (context.ports().board().isAnswered(id)) {
      context.ports().board().takenIn(Ids.command(id));
      return;
    }
    OperatorCommand command;
    TrustedKey signer;
    try {
      signer = Signatures.checkPatch(document, inForce.trust());
      command = CommandDocument.TYPE.read(document);
    } catch (SignatureException | DocumentException e) {
      refuse(id, String.valueOf(e.getMessage()));
      return;
    }
    obey(command, signer);
  }

  private void refuse(String commandId, String why) {
    JsonObject evidence = new JsonObject();
    evidence.addProperty("command", commandId);
    trail.note("manager:" + context.name(), Ids.command(commandId), "refused", why, evidence);
    answer(commandId, false, why);
  }

  private void obey(OperatorCommand command, TrustedKey signer) {
    Optional<Rollout> open = ledger.find(command.rollout());
    Optional<Rollout> target =
        open.isPresent() ? open : context.ports().board().rollout(command.rollout());
    if (target.isEmpty()) {
      boolean isComing = context.ports().board().patch(command.rollout()).isPresent();
      answer(
          command.id(),
          false,
          isComing
              ? command.rollout() + " is not taken in yet; ask again"
              : "there is no rollout " + command.rollout());
      return;
    }
    Rollout rollout = target.get();
    if (rollout.state() == RolloutState.JOINED) {
      answer(
          command.id(),
          false,
          "%s rides with others: ask it of %s".formatted(rollout.id(), ride(rollout)));
      return;
    }
    Optional<String> forbidden = ReleaseRules.commander(signer, command.act(), rollout);
    if (forbidden.isPresent()) {
      refuse(command.id(), forbidden.get());
      return;
    }
    RolloutEvent event = new RolloutEvent.Command(command.act(), command.by(), command.reason());
    List<RolloutEffect> effects =
        open.isPresent()
            ? ledger.apply(rollout.id(), event)
            : Rollouts.apply(rollout, event, context.now()).effects();
    Rollout after = ledger.find(rollout.id()).orElse(rollout);
    note(command, after);
    String refusal = refusal(rollout, command, effects);
    boolean isDone = refusal.isEmpty();
    String text = isDone ? command.rollout() + " is " + after.state().label() : refusal;
    if (open.isPresent()) {
      ledger.whenStored(rollout.id(), _ -> answer(command.id(), isDone, text));
    } else {
      answer(command.id(), isDone, text);
    }
  }

  /** Whether it is for people who make releases: to stop and go on with what they rolled out. */
  private static String ride(Rollout joined) {
    return joined.transitions().reversed().stream()
        .map(Rollout.Transition::cause)
        .filter(Cause.Joined.class::isInstance)
        .map(cause -> ((Cause.Joined) cause).ride())
        .findFirst()
        .orElse("it");
  }

  /** Why it was not done; empty where it was, or is so already. */
  private static String refusal(
      Rollout before, OperatorCommand command, List<RolloutEffect> effects) {
    for (RolloutEffect effect : effects) {
      if (effect instanceof RolloutEffect.SubmitReverse) {
        return ("%s has completed: submit a patch that brings back what was before, as the program"
                + " of operators makes it from %s")
            .formatted(before.id(), Ids.before(before.id()));
      }
      boolean isRefused = effect instanceof RolloutEffect.Refuse;
      if (isRefused && !wasDone(before, command)) {
        return ((RolloutEffect.Refuse) effect).reason();
      }
    }
    return "";
  }

  /** Another manager may have obeyed and died before it could say so. */
  private static boolean wasDone(Rollout rollout, OperatorCommand command) {
    return rollout.transitions().stream()
        .anyMatch(it ->
            it.cause().equals(new Cause.Operator(command.act(), command.by(), command.reason())));
  }

  private void note(OperatorCommand command, Rollout rollout) {
    JsonObject evidence = new JsonObject();
    evidence.addProperty("command", command.id());
    trail.note(
        AuditTrail.by(command.by()),
        Ids.rollout(rollout.id()),
        "command",
        command.act().label() + (command.reason().isEmpty() ? "" : ": " + command.reason()),
        evidence);
  }

  private void answer(String commandId, boolean done, String text) {
    context.mustBeActive();
    context.ports().board().answer(new CommandAnswer(commandId, done, text, context.now()));
    context.ports().board().takenIn(Ids.command(commandId));
  }
}
