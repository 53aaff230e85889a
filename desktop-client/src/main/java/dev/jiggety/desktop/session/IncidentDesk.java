package dev.jiggety.desktop.session;

import dev.jiggety.desktop.feed.IncidentFeed;
import dev.jiggety.desktop.feed.IncidentPicture;
import dev.jiggety.desktop.feed.Link;
import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.fx.Tasks;
import dev.jiggety.desktop.fx.Ticker;
import dev.jiggety.model.IncidentAct;
import dev.jiggety.model.IncidentAct.Act;
import dev.jiggety.model.rules.PatchIds;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.IncidentRepository;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Where people speak of incidents. What cannot reach the hub is kept, on disk too, and sent in
 * order as soon as the hub is heard again: an act carries its own id and time, so that saying it
 * twice is saying it once. FX thread only.
 */
public final class IncidentDesk implements AutoCloseable {
  /** How soon it is tried again where the hub did not answer though it is heard. */
  private static final Duration AGAIN = Duration.ofSeconds(15);

  private final Tasks tasks;
  private final IncidentRepository incidents;
  private final Supplier<String> me;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final ActOutbox outbox;
  private final List<Consumer<List<Waiting>>> listeners = new CopyOnWriteArrayList<>();
  private final Pin feed;
  private final Pin ticks;
  private List<Waiting> waiting = List.of();
  private final Object writing = new Object();
  private volatile List<IncidentAct> kept = List.of();
  private boolean loaded;
  private boolean sending;
  private boolean silent;
  private boolean connected;
  private boolean closed;

  /**
   * Something that was said and is not on the hub yet.
   *
   * @param problem what the hub said to it, in one line; empty as long as it was only away
   */
  public record Waiting(IncidentAct act, String problem) {
    /** Whether a person has to decide: the hub will not take it as it is. */
    public boolean isRefused() {
      return !problem.isEmpty();
    }
  }

  /**
   * A desk; sends what was left over from the last time.
   *
   * @param me the account under which this person speaks
   */
  public IncidentDesk(
      Tasks tasks,
      IncidentRepository incidents,
      IncidentFeed feed,
      Supplier<String> me,
      InstantSource clock,
      RandomGenerator random,
      ActOutbox outbox,
      Ticker ticker) {
    this.tasks = tasks;
    this.incidents = incidents;
    this.me = me;
    this.clock = clock;
    this.random = random;
    this.outbox = outbox;
    this.feed = feed.subscribe(this::heard);
    this.ticks = ticker.every(AGAIN, () -> tasks.post(this::send));
    tasks
        .create(outbox::read)
        .onSuccess(left -> {
          List<Waiting> all = new ArrayList<>();
          left.forEach(act -> all.add(new Waiting(act, "")));
          all.addAll(waiting);
          loaded = true;
          become(all);
          if (all.size() > left.size()) {
            keep();
          }
          send();
        })
        .start();
  }

  /** The account under which this person speaks. */
  public String me() {
    return me.get();
  }

  /** Says something; it is shown as waiting until the hub has it. */
  public void say(String incident, Act act, String text) {
    Instant now = Instant.ofEpochMilli(clock.instant().toEpochMilli());
    IncidentAct said =
        new IncidentAct(PatchIds.of(now, random), incident, act, me(), text.strip(), now);
    List<Waiting> all = new ArrayList<>(waiting);
    all.add(new Waiting(said, ""));
    become(all);
    keep();
    send();
  }

  /** What is not on the hub yet, oldest first. */
  public List<Waiting> waiting() {
    return waiting;
  }

  /** What is not on the hub yet of one incident. */
  public List<Waiting> waitingOn(String incident) {
    return waiting.stream().filter(it -> it.act().incident().equals(incident)).toList();
  }

  /** Tries something once more that the hub refused. */
  public void again(Waiting refused) {
    become(
        waiting.stream().map(it -> it.equals(refused) ? new Waiting(it.act(), "") : it).toList());
    send();
  }

  /** Gives up something that the hub refused. */
  public void forget(Waiting refused) {
    become(waiting.stream().filter(it -> !it.equals(refused)).toList());
    keep();
  }

  /** Tells the present state at once, then every change. */
  public Pin subscribe(Consumer<List<Waiting>> listener) {
    listeners.add(listener);
    listener.accept(waiting);
    return () -> listeners.remove(listener);
  }

  private void heard(IncidentPicture picture) {
    boolean before = connected;
    connected = picture.link() instanceof Link.Connected;
    if (connected && !before) {
      send();
    }
  }

  /** One after the other, so that they arrive in the order in which they were said. */
  private void send() {
    Waiting next = waiting.stream().filter(it -> !it.isRefused()).findFirst().orElse(null);
    if (closed || sending || next == null) {
      return;
    }
    sending = true;
    silent = true; // unless it answers
    tasks
        .create(() -> {
          incidents.act(next.act());
          return true;
        })
        .onSuccess(done -> {
          silent = false;
          if (!closed) {
            become(without(next.act()));
            keep();
          }
        })
        .onError(
            HubException.class,
            e -> {
              if (e.kind() != HubException.Kind.UNAVAILABLE) {
                silent = false;
                String why = String.valueOf(e.getMessage());
                become(
                    waiting.stream()
                        .map(it -> it.act().equals(next.act()) ? new Waiting(it.act(), why) : it)
                        .toList());
              }
            })
        .onFinally(() -> {
          sending = false;
          if (!silent) {
            send();
          }
        })
        .start();
  }

  private List<Waiting> without(IncidentAct act) {
    return waiting.stream().filter(it -> !it.act().equals(act)).toList();
  }

  private void become(List<Waiting> now) {
    waiting = List.copyOf(now);
    listeners.forEach(listener -> listener.accept(waiting));
  }

  /** Not before what was left over is known, or it would be lost. */
  private void keep() {
    if (!loaded) {
      return;
    }
    kept = waiting.stream().map(Waiting::act).toList();
    tasks
        .create(() -> {
          synchronized (writing) { // whoever comes last writes the newest
            outbox.write(kept);
          }
          return true;
        })
        .start();
  }

  /** What is under way is not heard of any more: who comes next says it again, which is once. */
  @Override
  public void close() {
    closed = true;
    feed.close();
    ticks.close();
    listeners.clear();
  }
}
