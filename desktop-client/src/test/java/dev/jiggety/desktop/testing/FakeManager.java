package dev.jiggety.desktop.testing;

import dev.jiggety.document.Contents;
import dev.jiggety.document.Ids;
import dev.jiggety.document.KeyDocument;
import dev.jiggety.document.StrategyDocument;
import dev.jiggety.model.AuditEntry;
import dev.jiggety.model.Cause;
import dev.jiggety.model.Change;
import dev.jiggety.model.CommandAnswer;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Content;
import dev.jiggety.model.Generation;
import dev.jiggety.model.Head;
import dev.jiggety.model.NodeProgress;
import dev.jiggety.model.OperatorCommand;
import dev.jiggety.model.Patch;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutState;
import dev.jiggety.model.Strategy;
import dev.jiggety.model.StrategyChoice;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.model.rules.Digests;
import dev.jiggety.model.rules.Waves;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.HubFeed;
import dev.jiggety.repository.PatchRepository;
import dev.jiggety.signing.SigningKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A patch manager in memory: carries patches out at once, or as far as a test lets it, refuses
 * edits that do not fit and keys that nobody trusts, and obeys commands. Thread-safe.
 */
public final class FakeManager implements PatchRepository {
  private static final List<RolloutState> WAY =
      List.of(
          RolloutState.QUEUED,
          RolloutState.CHECKING,
          RolloutState.STAGING,
          RolloutState.VERIFYING,
          RolloutState.PROMOTING,
          RolloutState.BAKING,
          RolloutState.COMPLETED);

  private final FakeHub hub;
  private final InstantSource clock;
  private final Map<String, Patch> patches = new HashMap<>();
  private final SortedMap<String, Rollout> rollouts = new TreeMap<>();
  private final Map<String, Configuration> befores = new HashMap<>();
  private final Map<String, CommandAnswer> answers = new HashMap<>();
  private final Map<String, Content> others = new TreeMap<>();
  private final List<Listener> listeners = new ArrayList<>();
  private RolloutState until = RolloutState.COMPLETED;
  private boolean answering = true;
  private int release;
  private @Nullable Head head;

  FakeManager(FakeHub hub, InstantSource clock) {
    this.hub = hub;
    this.clock = clock;
  }

  /** The hub believes this key from now on; nobody is believed before. */
  public void trust(TrustedKey key) {
    synchronized (hub) {
      others.put(Ids.key(key.id()), Contents.of(KeyDocument.TYPE.write(key)));
      publish();
    }
  }

  /** A strategy of the installation's own. */
  public void offer(Strategy strategy) {
    synchronized (hub) {
      others.put(Ids.strategy(strategy.name()), Contents.of(StrategyDocument.TYPE.write(strategy)));
    }
  }

  /** Patches go no further than this state by themselves. */
  public void stopAt(RolloutState state) {
    until = state;
  }

  /** Commands stay unanswered from now on, or are answered again. */
  public void answer(boolean whether) {
    answering = whether;
  }

  /** The rollout under way goes on to that state. */
  public void advance(RolloutState state) {
    synchronized (hub) {
      until = state;
      List.copyOf(rollouts.values()).stream()
          .filter(it -> !it.state().isTerminal())
          .forEach(it -> go(it.id()));
    }
  }

  /** The rollout under way is turned back for that cause. */
  public void turnBack(Cause cause) {
    synchronized (hub) {
      List.copyOf(rollouts.values()).stream()
          .filter(it -> !it.state().isTerminal())
          .forEach(it -> turnBack(it, cause));
    }
  }

  /** All patches that were handed in. */
  public List<Patch> patches() {
    synchronized (hub) {
      return List.copyOf(patches.values());
    }
  }

  /** How many listen: what was opened and not closed. */
  public int followers() {
    synchronized (hub) {
      return listeners.size();
    }
  }

  void away() {
    listeners.forEach(listener ->
        listener.connection(
            new HubFeed.Connection.Away(HubException.Kind.UNAVAILABLE, "connection refused")));
  }

  void back() {
    listeners.forEach(this::tellAll);
  }

  @Override
  public void submit(Patch patch, SigningKey key) {
    synchronized (hub) {
      hub.refuseWhenAway();
      hub.somebodyElseFirst();
      if (patches.putIfAbsent(patch.id(), patch) != null) {
        return;
      }
      Rollout begun =
          Rollout.builder(
                  patch.id(), List.of(patch.rider(0)), strategy(patch.strategy()), clock.instant())
              .expires(patch.expires())
              .transitions(List.of(step(null, RolloutState.SUBMITTED, new Cause.Planned(""))))
              .build();
      keep(begun);
      if (!believes(key)) {
        to(
            begun,
            RolloutState.REJECTED,
            new Cause.Refused(
                new TreeSet<>(List.of(patch.id())),
                List.of(
                    "patch:%s is signed with the key %s, which nobody here trusts"
                        .formatted(patch.id(), key.trusted().id()))));
      } else if (begun.strategy().approval()) {
        to(begun, RolloutState.APPROVING, new Cause.Planned("the strategy asks for it"));
      } else {
        go(begun.id());
      }
    }
  }

  @Override
  public Optional<Patch> find(String patchId) {
    synchronized (hub) {
      hub.refuseWhenAway();
      return Optional.ofNullable(patches.get(patchId));
    }
  }

  @Override
  public List<Rollout> rollouts(int most) {
    synchronized (hub) {
      hub.refuseWhenAway();
      return List.copyOf(rollouts.values()).reversed().stream().limit(most).toList();
    }
  }

  @Override
  public Optional<Rollout> rollout(String rolloutId) {
    synchronized (hub) {
      hub.refuseWhenAway();
      return Optional.ofNullable(rollouts.get(rolloutId));
    }
  }

  @Override
  public void command(OperatorCommand command, SigningKey key) {
    synchronized (hub) {
      hub.refuseWhenAway();
      Rollout rollout = rollouts.get(command.rollout());
      String problem = rollout == null ? "there is no such rollout" : obey(rollout, command);
      if (answering) {
        CommandAnswer answer =
            new CommandAnswer(command.id(), problem.isEmpty(), problem, clock.instant());
        answers.put(command.id(), answer);
        listeners.forEach(listener -> listener.answer(answer));
      }
    }
  }

  @Override
  public Optional<CommandAnswer> answer(String commandId) {
    synchronized (hub) {
      return Optional.ofNullable(answers.get(commandId));
    }
  }

  @Override
  public Optional<Head> head() {
    synchronized (hub) {
      hub.refuseWhenAway();
      return Optional.ofNullable(head);
    }
  }

  @Override
  public Configuration inForce() {
    synchronized (hub) {
      hub.refuseWhenAway();
      SortedMap<String, Content> documents = new TreeMap<>(others);
      hub.documents().forEach((id, document) -> documents.put(id, Contents.of(document)));
      return new Configuration(documents);
    }
  }

  @Override
  public Optional<Configuration> before(String rolloutId) {
    synchronized (hub) {
      hub.refuseWhenAway();
      return Optional.ofNullable(befores.get(rolloutId));
    }
  }

  @Override
  public void audit(long from, Consumer<AuditEntry> consumer) {
    throw new UnsupportedOperationException("no screen asks for the log");
  }

  @Override
  public HubFeed.Subscription follow(Listener listener) {
    synchronized (hub) {
      listeners.add(listener);
      if (hub.isAway()) {
        away();
      } else {
        tellAll(listener);
      }
    }
    return () -> {
      synchronized (hub) {
        listeners.remove(listener);
      }
    };
  }

  private void tellAll(Listener listener) {
    listener.connection(new HubFeed.Connection.Connected());
    rollouts.values().forEach(listener::rollout);
    answers.values().forEach(listener::answer);
    if (head != null) {
      listener.head(head);
    }
  }

  private boolean believes(SigningKey key) {
    return others.containsKey(Ids.key(key.trusted().id()));
  }

  private Strategy strategy(StrategyChoice choice) {
    return switch (choice) {
      case StrategyChoice.Named(String name) ->
          Strategy.preset(name)
              .orElseGet(() ->
                  StrategyDocument.TYPE.read(Contents.document(others.get(Ids.strategy(name)))));
      case StrategyChoice.Own(Strategy strategy) -> strategy;
    };
  }

  /** Goes on as far as it may. */
  private void go(String rolloutId) {
    Rollout now = rollouts.get(rolloutId);
    while (!now.state().isTerminal() && now.state() != until) {
      int at = WAY.indexOf(now.state()) + 1;
      RolloutState next = WAY.get(at);
      now =
          switch (next) {
            case STAGING -> stage(now);
            case COMPLETED -> complete(now);
            default -> to(progress(now, next), next, new Cause.Planned(""));
          };
    }
  }

  private Rollout stage(Rollout rollout) {
    Patch patch = patches.get(rollout.id());
    if (Digests.apply(inForce(), patch.changes())
        instanceof Digests.Conflicts(List<Digests.EditConflict> conflicts)) {
      return to(
          rollout,
          RolloutState.REJECTED,
          new Cause.Refused(
              new TreeSet<>(rollout.patchIds()),
              conflicts.stream().map(Digests.EditConflict::text).toList()));
    }
    SortedMap<String, Content> before = new TreeMap<>();
    patch
        .changes()
        .forEach(change -> {
          Content found = inForce().documents().get(change.target());
          if (found != null) {
            before.put(change.target(), found);
          }
        });
    befores.put(rollout.id(), new Configuration(before));
    Waves.Members members =
        Waves.freeze(rollout.strategy(), rollout.id(), hub.nodeNames(), List.of());
    Rollout frozen = rollout.toBuilder().members(members.canaries(), members.waves()).build();
    return to(
        progress(frozen, RolloutState.STAGING),
        RolloutState.STAGING,
        new Cause.Planned("edits fit what is in force"));
  }

  private Rollout complete(Rollout rollout) {
    patches
        .get(rollout.id())
        .changes()
        .forEach(change -> {
          switch (change) {
            case Change.Put put -> hub.put(Contents.document(put.content()));
            case Change.Delete delete ->
                hub.delete(delete.target().substring(Ids.test("").length()));
          }
        });
    release++;
    publish();
    return to(rollout, RolloutState.COMPLETED, new Cause.Planned("all nodes run it and are well"));
  }

  private String obey(Rollout rollout, OperatorCommand command) {
    Cause cause = new Cause.Operator(command.act(), command.by(), command.reason());
    switch (command.act()) {
      case APPROVE -> {
        if (rollout.riders().getFirst().author().equals(command.by())) {
          return "another person than the author must approve";
        }
        to(rollout, RolloutState.SUBMITTED, cause);
        go(rollout.id());
      }
      case DENY -> to(rollout, RolloutState.REJECTED, cause);
      case CANCEL, SKIP -> to(rollout, RolloutState.CANCELLED, cause);
      case PAUSE ->
          to(rollout.toBuilder().resumeTo(rollout.state()).build(), RolloutState.PAUSED, cause);
      case RESUME -> {
        RolloutState back = rollout.resumeTo();
        to(rollout.toBuilder().resumeTo(null).build(), back, cause);
      }
      case ABORT -> turnBack(rollout, cause);
      case ROLLBACK, RETRY -> {
        return "it is " + rollout.state().label();
      }
    }
    return "";
  }

  private void turnBack(Rollout rollout, Cause cause) {
    Rollout back = to(rollout, RolloutState.ROLLING_BACK, cause);
    to(each(back, NodeProgress.State.REVERTED), RolloutState.ROLLED_BACK, cause);
  }

  private static Rollout progress(Rollout rollout, RolloutState state) {
    return switch (state) {
      case STAGING -> each(rollout, NodeProgress.State.STAGED);
      case VERIFYING -> each(rollout, NodeProgress.State.READY);
      case PROMOTING ->
          some(rollout.toBuilder().wave(1).build(), rollout.canaries(), NodeProgress.State.SWAPPED);
      case BAKING -> {
        Rollout swapped = rollout;
        for (var wave : rollout.waves()) {
          swapped = some(swapped, wave, NodeProgress.State.SWAPPED);
        }
        yield swapped;
      }
      default -> rollout;
    };
  }

  private static Rollout each(Rollout rollout, NodeProgress.State state) {
    List<String> all = new ArrayList<>();
    rollout.waves().forEach(all::addAll);
    return some(rollout, all, state);
  }

  private static Rollout some(Rollout rollout, Collection<String> nodes, NodeProgress.State state) {
    SortedMap<String, NodeProgress> progress = new TreeMap<>(rollout.progress());
    nodes.forEach(node ->
        progress.put(node, progress.getOrDefault(node, NodeProgress.PENDING).in(state, null)));
    return rollout.toBuilder().progress(progress).build();
  }

  private Rollout to(Rollout rollout, RolloutState state, Cause cause) {
    List<Rollout.Transition> steps = new ArrayList<>(rollout.transitions());
    steps.add(step(rollout.state(), state, cause));
    Rollout next = rollout.toBuilder().state(state, clock.instant()).transitions(steps).build();
    if (state == RolloutState.QUEUED) {
      next =
          next.toBuilder()
              .riders(next.riders().stream().map(it -> it.at(rollouts.size())).toList())
              .build();
    }
    keep(next);
    return next;
  }

  private Rollout.Transition step(@Nullable RolloutState from, RolloutState to, Cause cause) {
    Instant now = clock.instant();
    return new Rollout.Transition(now, from, to, cause, release, 1);
  }

  private void keep(Rollout rollout) {
    rollouts.put(rollout.id(), rollout);
    if (!hub.isAway()) {
      List.copyOf(listeners).forEach(listener -> listener.rollout(rollout));
    }
  }

  private void publish() {
    Head next =
        new Head(
            release + 1L,
            rollouts.size(),
            1,
            new Generation("", release, Digests.of(inForce())),
            null,
            null,
            Head.Phase.STEADY,
            null,
            null,
            clock.instant().plus(Duration.ofDays(1)),
            Duration.ZERO);
    head = next;
    List.copyOf(listeners).forEach(listener -> listener.head(next));
  }
}
