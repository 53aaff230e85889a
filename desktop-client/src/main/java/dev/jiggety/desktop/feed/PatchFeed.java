package dev.jiggety.desktop.feed;

import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.fx.Tasks;
import dev.jiggety.desktop.fx.Ticker;
import dev.jiggety.model.CommandAnswer;
import dev.jiggety.model.Head;
import dev.jiggety.model.Rollout;
import dev.jiggety.repository.HubFeed;
import dev.jiggety.repository.PatchRepository;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows the patches of a hub and tells the screens, on the FX thread, in one update for all that
 * happened since the last, as {@link LiveFeed} does for tests.
 */
public final class PatchFeed implements AutoCloseable {
  /** Rollouts that are kept, at most: the newest ones. */
  static final int MOST_ROLLOUTS = 500;

  private static final int MOST_ANSWERS = 200;

  private static final Comparator<Rollout> NEWEST_FIRST =
      Comparator.comparing(PatchFeed::begun).thenComparing(Rollout::id).reversed();

  private final InstantSource clock;
  private final Object lock = new Object();
  private final Map<String, Rollout> rollouts = new HashMap<>();
  private final Map<String, CommandAnswer> answers = new LinkedHashMap<>();
  private final Broadcast<PatchPicture> broadcast;
  private final HubFeed.Subscription subscription;
  private @Nullable Head head;
  private Link link = new Link.Connecting();
  private boolean changed;

  /** Begins to follow. */
  public PatchFeed(PatchRepository patches, InstantSource clock, Tasks tasks, Ticker ticker) {
    this.clock = clock;
    this.broadcast = new Broadcast<>(PatchPicture.EMPTY, this::next, tasks, ticker);
    this.subscription = patches.follow(new Listener());
  }

  /** What was told last; changes only by an update on the FX thread. */
  public PatchPicture picture() {
    return broadcast.current();
  }

  /** Tells the present state at once, then every change, on the FX thread; call it there too. */
  public Pin subscribe(Consumer<PatchPicture> listener) {
    return broadcast.subscribe(listener);
  }

  /** When a rollout came to be known. */
  public static Instant begun(Rollout rollout) {
    return rollout.transitions().isEmpty()
        ? rollout.since()
        : rollout.transitions().getFirst().at();
  }

  private @Nullable PatchPicture next() {
    synchronized (lock) {
      if (!changed) {
        return null;
      }
      changed = false;
      List<Rollout> newest = rollouts.values().stream().sorted(NEWEST_FIRST).toList();
      if (newest.size() > MOST_ROLLOUTS) {
        newest = newest.subList(0, MOST_ROLLOUTS);
        rollouts.clear();
        newest.forEach(rollout -> rollouts.put(rollout.id(), rollout));
      }
      return new PatchPicture(newest, answers, head, link);
    }
  }

  @Override
  public void close() {
    broadcast.close();
    subscription.close();
  }

  private final class Listener implements PatchRepository.Listener {
    @Override
    public void rollout(Rollout rollout) {
      synchronized (lock) {
        changed |= !rollout.equals(rollouts.put(rollout.id(), rollout));
      }
    }

    @Override
    public void answer(CommandAnswer answer) {
      synchronized (lock) {
        answers.put(answer.command(), answer);
        if (answers.size() > MOST_ANSWERS) {
          answers.remove(answers.keySet().iterator().next());
        }
        changed = true;
      }
    }

    @Override
    public void head(Head said) {
      synchronized (lock) {
        changed |= !said.equals(head);
        head = said;
      }
    }

    @Override
    public void connection(HubFeed.Connection connection) {
      Instant now = clock.instant();
      synchronized (lock) {
        link =
            switch (connection) {
              case HubFeed.Connection.Connected() -> new Link.Connected(now);
              case HubFeed.Connection.Away(var kind, var reason) ->
                  new Link.Away(now, kind, reason);
            };
        changed = true;
      }
    }
  }
}
