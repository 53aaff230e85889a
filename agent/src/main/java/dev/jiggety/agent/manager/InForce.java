package dev.jiggety.agent.manager;

import com.google.gson.JsonObject;
import dev.jiggety.document.Contents;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.Ids;
import dev.jiggety.document.PatchDocument;
import dev.jiggety.document.StrategyDocument;
import dev.jiggety.model.Change;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Content;
import dev.jiggety.model.Head;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.Strategy;
import dev.jiggety.model.StrategyChoice;
import dev.jiggety.model.rules.Digests;
import dev.jiggety.signing.Trust;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is in force: the head as it was read or written last, and the configuration that is
 * confirmed. After a rollout has completed its content is confirmed before anything else begins.
 */
final class InForce {
  private static final Duration KEEP_AGAIN = Duration.ofSeconds(10);

  private final Context context;
  private final Patches patches;
  private final long epoch;
  private Head head;
  private Configuration confirmed;
  private Trust trust;
  private @Nullable Rollout toConfirm;
  private boolean isKeeping;

  InForce(Context context, Patches patches, Head head, Configuration confirmed) {
    this.context = context;
    this.patches = patches;
    this.epoch = head.epoch();
    this.head = head;
    this.confirmed = confirmed;
    this.trust = Trust.in(confirmed);
    keepLater();
  }

  Head head() {
    return head;
  }

  void head(Head seen) {
    if (!seen.equals(head)) {
      head = seen;
      keepLater();
    }
  }

  /** In a moment in which nothing waits for it. */
  private void keepLater() {
    if (!isKeeping) {
      isKeeping = true;
      context.loop().whenIdle(this::keep);
    }
  }

  private void keep() {
    isKeeping = false;
    if (context.over().getAsBoolean()) {
      return;
    }
    try {
      context.beliefs().keep(head, null, trust);
      context.notices().fine("keeping what is believed");
    } catch (HeldException e) {
      context.notices().trouble("keeping what is believed", String.valueOf(e.getMessage()));
      context.loop().at(context.now().plus(KEEP_AGAIN), this::keepLater);
    }
  }

  /** The epoch of this manager's time of being active. */
  long epoch() {
    return epoch;
  }

  /** What edits are checked against. */
  Configuration confirmed() {
    return confirmed;
  }

  /** Whose signatures are believed. */
  Trust trust() {
    return trust;
  }

  /** The strategy of that choice; empty where there is none of that name. */
  Optional<Strategy> strategy(StrategyChoice choice) {
    return switch (choice) {
      case StrategyChoice.Own own -> Optional.of(own.strategy());
      case StrategyChoice.Named named -> Strategy.preset(named.name()).or(() -> own(named.name()));
    };
  }

  private Optional<Strategy> own(String name) {
    Content content = confirmed.documents().get(Ids.strategy(name));
    try {
      return content == null
          ? Optional.empty()
          : Optional.of(StrategyDocument.TYPE.read(Contents.document(content)));
    } catch (DocumentException e) {
      return Optional.empty();
    }
  }

  /**
   * That rollout has completed: its content is to be confirmed next, where it is in force.
   *
   * @return whether it is
   */
  boolean completed(Rollout rollout) {
    boolean isInForce = head.active().ride().equals(rollout.id());
    if (isInForce) {
      toConfirm = rollout;
    }
    return isInForce;
  }

  boolean isConfirming() {
    return toConfirm != null;
  }

  /**
   * Brings the confirmed documents to what is in force, where they are not.
   *
   * @throws dev.jiggety.repository.HubException when that cannot be done now; it has to be tried
   *     again
   * @throws HeldException when it is not known what is in force
   */
  void confirm() {
    Rollout rollout = toConfirm;
    if (rollout == null) {
      return;
    }
    List<Change> changes = new ArrayList<>();
    for (JsonObject document : patches.documents(rollout.patchIds())) {
      changes.addAll(PatchDocument.TYPE.read(document).changes());
    }
    if (!(Digests.apply(confirmed, changes) instanceof Digests.Done done)
        || !Digests.of(done.configuration()).equals(head.digest())) {
      throw new HeldException(
          "the patches of %s do not give what is in force; see the manager's guide, \"held\""
              .formatted(rollout.id()));
    }
    ConfigBoard.FoundHead found = context.ports().config().head();
    Fences.check(found, epoch);
    context.mustBeActive();
    context.ports().config().confirm(done.configuration());
    confirmed = done.configuration();
    trust = Trust.in(confirmed);
    toConfirm = null;
    keepLater();
  }
}
