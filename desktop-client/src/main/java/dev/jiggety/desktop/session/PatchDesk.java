package dev.jiggety.desktop.session;

import dev.jiggety.desktop.basket.Basket;
import dev.jiggety.desktop.basket.BasketEntry;
import dev.jiggety.desktop.basket.Parcel;
import dev.jiggety.desktop.fx.Tasks;
import dev.jiggety.document.Contents;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.Ids;
import dev.jiggety.document.StrategyDocument;
import dev.jiggety.model.Cause;
import dev.jiggety.model.Change;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Content;
import dev.jiggety.model.OperatorCommand;
import dev.jiggety.model.Patch;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.Strategy;
import dev.jiggety.model.StrategyChoice;
import dev.jiggety.model.rules.Digests;
import dev.jiggety.model.rules.PatchIds;
import dev.jiggety.model.rules.PatchRules;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.PatchRepository;
import dev.jiggety.signing.SigningKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Where patches and commands are made, signed with the operator's key and handed in. Answers come
 * on the FX thread, and so must calls. Whether a patch takes effect is told by the feed.
 */
public final class PatchDesk {
  /** How long a patch may wait to be begun, a second operator's approval included. */
  static final Duration VALID = Duration.ofDays(1);

  private final Tasks tasks;
  private final PatchRepository patches;
  private final OperatorKeys keys;
  private final Basket basket;
  private final InstantSource clock;
  private final RandomGenerator random;
  private @Nullable Patch unconfirmed;

  /** Why something was not handed in. */
  public sealed interface Refusal {
    /** There is no key to sign with. */
    record NoKey(KeyState state) implements Refusal {}

    /** The hub could not be asked or said no; one line for people. */
    record Hub(HubException.Kind kind, String reason) implements Refusal {}

    /** It is wrong in itself; one line for people. */
    record Wrong(String reason) implements Refusal {}

    /**
     * What is to be undone was changed since.
     *
     * @param reverse the changes that undo it, for the basket, where each can be decided on
     */
    record ChangedSince(List<BasketEntry> reverse) implements Refusal {
      public ChangedSince {
        reverse = List.copyOf(reverse);
      }
    }
  }

  /**
   * What is in force besides tests.
   *
   * @param strategies the presets, then the installation's own by name
   * @param trusted whether the operator's key is believed; true as long as there is no key
   * @param managed whether a patch manager was ever there
   */
  public record Survey(List<Strategy> strategies, boolean trusted, boolean managed) {
    public Survey {
      strategies = List.copyOf(strategies);
    }
  }

  public PatchDesk(
      Tasks tasks,
      PatchRepository patches,
      OperatorKeys keys,
      Basket basket,
      InstantSource clock,
      RandomGenerator random) {
    this.tasks = tasks;
    this.patches = patches;
    this.keys = keys;
    this.basket = basket;
    this.clock = clock;
    this.random = random;
  }

  /** The operator's keys. */
  public OperatorKeys keys() {
    return keys;
  }

  /** What an operator can know before submitting anything. */
  public void survey(Consumer<Survey> taken, Consumer<Refusal> refused) {
    Optional<String> key = key().map(it -> it.trusted().id());
    tasks
        .create(() -> survey(key))
        .onSuccess(taken)
        .onError(HubException.class, e -> refused.accept(hub(e)))
        .start();
  }

  /**
   * Submits changes as one patch. They leave the basket once the hub has them for good.
   *
   * @param submitted is given the patch
   */
  public void submit(
      List<BasketEntry> entries,
      String comment,
      StrategyChoice strategy,
      Consumer<Patch> submitted,
      Consumer<Refusal> refused) {
    SigningKey key = key().orElse(null);
    if (key == null) {
      refused.accept(new Refusal.NoKey(keys.state()));
      return;
    }
    Patch patch = patch(entries, comment, strategy, key);
    String wrong = wrong(entries, patch);
    if (!wrong.isEmpty()) {
      refused.accept(new Refusal.Wrong(wrong));
      return;
    }
    unconfirmed = patch;
    tasks
        .create(() -> {
          patches.submit(patch, key);
          return patch;
        })
        .onSuccess(sent -> {
          unconfirmed = null;
          basket.sent(new Parcel(sent.id(), comment, sent.created(), entries, ""));
          submitted.accept(sent);
        })
        .onError(HubException.class, e -> refused.accept(hub(e)))
        .start();
  }

  /**
   * Asks the manager for something.
   *
   * @param handedIn is given the command; the feed has the answer under its id
   */
  public void command(
      String rolloutId,
      Cause.Act act,
      String reason,
      Consumer<OperatorCommand> handedIn,
      Consumer<Refusal> refused) {
    SigningKey key = key().orElse(null);
    if (key == null) {
      refused.accept(new Refusal.NoKey(keys.state()));
      return;
    }
    Instant now = clock.instant();
    OperatorCommand command =
        new OperatorCommand(
            PatchIds.of(now, random), rolloutId, act, key.trusted().name(), reason, now);
    tasks
        .create(() -> {
          patches.command(command, key);
          return command;
        })
        .onSuccess(handedIn)
        .onError(HubException.class, e -> refused.accept(hub(e)))
        .start();
  }

  /**
   * Submits the patch that brings back what a completed rollout has changed. Where somebody changed
   * the same since, nothing is submitted: the changes are given back for the basket.
   */
  public void rollback(
      Rollout rollout,
      String comment,
      StrategyChoice strategy,
      Consumer<Patch> submitted,
      Consumer<Refusal> refused) {
    if (key().isEmpty()) {
      refused.accept(new Refusal.NoKey(keys.state()));
      return;
    }
    Instant now = clock.instant();
    tasks
        .create(() -> reverse(rollout, now))
        .onSuccess(reverse -> {
          if (reverse.entries().isEmpty()) {
            refused.accept(new Refusal.Wrong(reverse.problem()));
          } else if (reverse.conflicts()) {
            refused.accept(new Refusal.ChangedSince(reverse.entries()));
          } else {
            submit(reverse.entries(), comment, strategy, submitted, refused);
          }
        })
        .onError(HubException.class, e -> refused.accept(hub(e)))
        .start();
  }

  private Optional<SigningKey> key() {
    return keys.state() instanceof KeyState.Ready ready
        ? Optional.of(ready.key())
        : Optional.empty();
  }

  /**
   * The same patch as before where its answer was lost: handed in twice, it is one all the same.
   */
  private Patch patch(
      List<BasketEntry> entries, String comment, StrategyChoice strategy, SigningKey key) {
    Instant now = clock.instant();
    List<Change> changes = entries.stream().map(BasketEntry::change).toList();
    String author = key.trusted().name();
    Patch last = unconfirmed;
    if (last != null
        && last.changes().equals(changes)
        && last.comment().equals(comment)
        && last.strategy().equals(strategy)
        && last.author().equals(author)
        && last.expires().isAfter(now)) {
      return last;
    }
    return new Patch(
        PatchIds.of(now, random), author, now, comment, strategy, now.plus(VALID), changes);
  }

  private static String wrong(List<BasketEntry> entries, Patch patch) {
    for (BasketEntry entry : entries) {
      if (!entry.problems().isEmpty()) {
        return entry.name() + ": " + entry.problems().getFirst();
      }
    }
    return PatchRules.problems(patch).stream().map(Objects::toString).findFirst().orElse("");
  }

  private Survey survey(Optional<String> keyId) {
    boolean managed = patches.head().isPresent();
    Configuration inForce = patches.inForce();
    SortedMap<String, Strategy> own = new TreeMap<>();
    inForce.documents().entrySet().stream()
        .filter(document -> document.getKey().startsWith(Ids.strategy("")))
        .forEach(document -> strategy(document, own));
    List<Strategy> all = new ArrayList<>(Strategy.PRESETS);
    own.values().stream().filter(it -> Strategy.preset(it.name()).isEmpty()).forEach(all::add);
    boolean trusted =
        !managed || keyId.map(id -> inForce.documents().containsKey(Ids.key(id))).orElse(true);
    return new Survey(all, trusted, managed);
  }

  private static void strategy(
      Map.Entry<String, Content> document, SortedMap<String, Strategy> into) {
    try {
      Strategy strategy = StrategyDocument.TYPE.read(Contents.document(document.getValue()));
      into.put(strategy.name(), strategy);
    } catch (DocumentException e) {
      // Of a newer version: it cannot be chosen here, and all else goes on.
    }
  }

  /** What undoes a rollout; with the reason where there is nothing to undo. */
  private record Reverse(List<BasketEntry> entries, boolean conflicts, String problem) {}

  private Reverse reverse(Rollout rollout, Instant now) {
    Configuration before = patches.before(rollout.id()).orElse(null);
    if (before == null) {
      return new Reverse(List.of(), false, "nothing is known of what stood before it");
    }
    Configuration inForce = patches.inForce();
    List<BasketEntry> entries = new ArrayList<>();
    List<Change> changes = new ArrayList<>();
    for (String patchId : rollout.patchIds()) {
      Patch patch = patches.find(patchId).orElse(null);
      if (patch == null) {
        return new Reverse(
            List.of(), false, "the patch " + patchId + " is not on the hub any more");
      }
      for (Change change : patch.changes()) {
        Content old = before.documents().get(change.target());
        Content put = change instanceof Change.Put it ? it.content() : null;
        if (old != null || put != null) {
          entries.add(
              new BasketEntry(
                  change.target(),
                  put == null ? null : Contents.document(put),
                  old == null ? null : Contents.document(old),
                  now));
        }
      }
      changes.addAll(Digests.reverse(before, patch.changes()));
    }
    entries.removeIf(BasketEntry::isEmpty);
    return new Reverse(
        entries,
        Digests.apply(inForce, changes) instanceof Digests.Conflicts,
        "it has changed nothing");
  }

  private static Refusal hub(HubException e) {
    return new Refusal.Hub(e.kind(), String.valueOf(e.getMessage()));
  }
}
