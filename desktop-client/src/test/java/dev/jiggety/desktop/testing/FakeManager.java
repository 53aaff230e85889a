package dev.jiggety.desktop.testing;

import com.google.gson.JsonObject;
import dev.jiggety.document.Contents;
import dev.jiggety.document.Ids;
import dev.jiggety.document.KeyDocument;
import dev.jiggety.document.StrategyDocument;
import dev.jiggety.model.AuditEntry;
import dev.jiggety.model.Cause;
import dev.jiggety.model.CommandAnswer;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Content;
import dev.jiggety.model.Generation;
import dev.jiggety.model.Head;
import dev.jiggety.model.OperatorCommand;
import dev.jiggety.model.Patch;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutState;
import dev.jiggety.model.Strategy;
import dev.jiggety.model.StrategyChoice;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.model.rules.Digests;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.HubFeed;
import dev.jiggety.repository.PatchRepository;
import dev.jiggety.signing.SigningKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
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
  private final FakeHub hub;
  private final InstantSource clock;
  private final FakeRollouts rollouts;
  private final Map<String, CommandAnswer> answers = new HashMap<>();
  private final Map<String, Content> others = new TreeMap<>();
  private final List<Listener> listeners = new ArrayList<>();
  private final List<AuditEntry> log = new ArrayList<>();
  private boolean answering = true;
  private @Nullable Head head;

  FakeManager(FakeHub hub, InstantSource clock) {
    this.hub = hub;
    this.clock = clock;
    this.rollouts = new FakeRollouts(hub, clock, new Installation());
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

  /** Entries of the audit log, as they are. */
  public void log(List<AuditEntry> entries) {
    synchronized (hub) {
      log.addAll(entries);
    }
  }

  /** A document that is in force besides tests. */
  public void putInForce(JsonObject document) {
    synchronized (hub) {
      others.put(document.get("_id").getAsString(), Contents.of(document));
      publish();
    }
  }

  /** Patches go no further than this state by themselves. */
  public void stopAt(RolloutState state) {
    rollouts.stopAt(state);
  }

  /** Commands stay unanswered from now on, or are answered again. */
  public void answer(boolean whether) {
    answering = whether;
  }

  /** The rollout under way goes on to that state. */
  public void advance(RolloutState state) {
    synchronized (hub) {
      rollouts.stopAt(state);
      rollouts.open().forEach(it -> rollouts.go(it.id()));
    }
  }

  /** The rollout under way is turned back for that cause. */
  public void turnBack(Cause cause) {
    synchronized (hub) {
      rollouts.open().forEach(it -> rollouts.turnBack(it, cause));
    }
  }

  /** All patches that were handed in. */
  public List<Patch> patches() {
    synchronized (hub) {
      return List.copyOf(rollouts.patches().values());
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
      Rollout begun = rollouts.begin(patch);
      if (begun == null) {
        return;
      }
      if (!believes(key)) {
        rollouts.to(
            begun,
            RolloutState.REJECTED,
            new Cause.Refused(
                new TreeSet<>(List.of(patch.id())),
                List.of(
                    "patch:%s is signed with the key %s, which nobody here trusts"
                        .formatted(patch.id(), key.trusted().id()))));
      } else if (begun.strategy().approval()) {
        rollouts.to(begun, RolloutState.APPROVING, new Cause.Planned("the strategy asks for it"));
      } else {
        rollouts.go(begun.id());
      }
    }
  }

  @Override
  public Optional<Patch> find(String patchId) {
    synchronized (hub) {
      hub.refuseWhenAway();
      return Optional.ofNullable(rollouts.patches().get(patchId));
    }
  }

  @Override
  public List<Rollout> rollouts(int most) {
    synchronized (hub) {
      hub.refuseWhenAway();
      return List.copyOf(rollouts.all().values()).reversed().stream().limit(most).toList();
    }
  }

  @Override
  public Optional<Rollout> rollout(String rolloutId) {
    synchronized (hub) {
      hub.refuseWhenAway();
      return Optional.ofNullable(rollouts.all().get(rolloutId));
    }
  }

  @Override
  public void command(OperatorCommand command, SigningKey key) {
    synchronized (hub) {
      hub.refuseWhenAway();
      Rollout rollout = rollouts.all().get(command.rollout());
      String problem =
          rollout == null ? "there is no such rollout" : rollouts.obey(rollout, command);
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
      return Optional.ofNullable(rollouts.before(rolloutId));
    }
  }

  @Override
  public void audit(long from, Consumer<AuditEntry> consumer) {
    synchronized (hub) {
      hub.refuseWhenAway();
      log.stream().filter(entry -> entry.number() >= from).forEach(consumer);
    }
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
    rollouts.all().values().forEach(listener::rollout);
    answers.values().forEach(listener::answer);
    if (head != null) {
      listener.head(head);
    }
  }

  private boolean believes(SigningKey key) {
    return others.containsKey(Ids.key(key.trusted().id()));
  }

  private void publish() {
    Head next =
        new Head(
            rollouts.release() + 1L,
            rollouts.all().size(),
            1,
            new Generation("", rollouts.release(), Digests.of(inForce())),
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

  private final class Installation implements FakeRollouts.Installation {
    @Override
    public Configuration inForce() {
      return FakeManager.this.inForce();
    }

    @Override
    public void other(String id, @Nullable Content content) {
      if (content == null) {
        others.remove(id);
      } else {
        others.put(id, content);
      }
    }

    @Override
    public void released() {
      publish();
    }

    @Override
    public void changed(Rollout rollout) {
      if (!hub.isAway()) {
        List.copyOf(listeners).forEach(listener -> listener.rollout(rollout));
      }
    }

    @Override
    public Strategy strategy(StrategyChoice choice) {
      return switch (choice) {
        case StrategyChoice.Named(String name) ->
            Strategy.preset(name)
                .orElseGet(() ->
                    StrategyDocument.TYPE.read(Contents.document(others.get(Ids.strategy(name)))));
        case StrategyChoice.Own(Strategy strategy) -> strategy;
      };
    }
  }
}
