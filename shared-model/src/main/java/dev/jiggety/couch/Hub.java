package dev.jiggety.couch;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.jiggety.base.ClockOffset;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A hub: CouchDB or anything that speaks its API. Opening one does no I/O, so a hub that is away is
 * a normal state; each call says how it went.
 *
 * <p>It can be one of several that replicate with each other. Then all calls go to one of them, and
 * when that one dies to another one ({@link HubChoice}); whatever is under way at the change is
 * unavailable, sequences of the one mean nothing to the other and are not taken for it, and who
 * keeps what belongs to one hub takes it from {@link #here} and asks for {@link #onMove}.
 *
 * <p>Safe for any thread.
 */
public final class Hub implements AutoCloseable {
  private static final Pattern DATABASE = Pattern.compile("[a-z_][a-z0-9_-]{0,200}");
  private static final Logger LOG = System.getLogger(Hub.class.getName());

  private final HubOptions options;
  private final List<Line> lines;
  private final Positions positions;
  private final boolean isOwner;
  private final @Nullable HubWatch watch;
  private final AtomicInteger moves = new AtomicInteger();
  private final CopyOnWriteArrayList<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final ConcurrentMap<String, HubDatabase> databases = new ConcurrentHashMap<>();
  private volatile Line inUse;

  private Hub(HubOptions options, List<Line> lines, Line first, List<String> abreast) {
    this.options = options;
    this.lines = lines;
    this.inUse = first;
    this.isOwner = true;
    this.positions = new Positions(lines.size() > 1);
    this.watch =
        lines.size() > 1 ? new HubWatch(lines, abreast, lines.indexOf(first), this::move) : null;
  }

  private Hub(HubOptions options, Line line) {
    this.options = options;
    this.lines = List.of(line);
    this.inUse = line;
    this.isOwner = false;
    this.positions = new Positions(false);
    this.watch = null;
  }

  /**
   * Makes the client of a hub; nothing is sent yet.
   *
   * @throws IllegalArgumentException when the file with extra certificates cannot be used
   */
  public static Hub open(HubAddress address, HubOptions options) {
    return open(List.of(address), options, List.of());
  }

  /**
   * Makes the client of hubs that replicate with each other. Of several, the one in use is looked
   * after from now on.
   *
   * @param addresses the preferred one first; at least one
   * @param databases what a preferred hub must have caught up with before it is gone back to; a hub
   *     counts as there when it shows the first one
   * @throws IllegalArgumentException when the file with extra certificates cannot be used
   */
  public static Hub open(List<HubAddress> addresses, HubOptions options, List<String> databases) {
    return open(addresses, options, databases, addresses.getFirst());
  }

  /** The same, beginning with another one than the preferred one. */
  public static Hub open(
      List<HubAddress> addresses, HubOptions options, List<String> databases, HubAddress first) {
    List<Line> lines = addresses.stream().map(address -> new Line(address, options)).toList();
    return new Hub(options, lines, lines.get(Math.max(0, addresses.indexOf(first))), databases);
  }

  /** Where it is; of several, the one in use. */
  public HubAddress address() {
    return inUse.address();
  }

  /** All that it may be, the preferred one first. */
  public List<HubAddress> addresses() {
    return lines.stream().map(Line::address).toList();
  }

  /** How it is talked to. */
  public HubOptions options() {
    return options;
  }

  /**
   * The hub in use and no other, for what must not be split between two. Shares the connections;
   * closing it does nothing.
   */
  public Hub here() {
    return new Hub(options, inUse);
  }

  /** How often another hub was gone over to. */
  public int moves() {
    return moves.get();
  }

  /**
   * Tells when another hub is used, on the thread that looks after that: to be quick.
   *
   * @return ends it
   */
  public Pin onMove(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** Ends what {@link #onMove} began. */
  @FunctionalInterface
  public interface Pin extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Of several hubs, waits until the one in use was heard; gives up after a while.
   *
   * @return whether it was
   */
  public boolean settle(Duration longest) {
    long end = System.nanoTime() + longest.toNanos();
    try {
      while (watch != null && !watch.isHeard()) {
        if (System.nanoTime() - end > 0) {
          return false;
        }
        TimeUnit.MILLISECONDS.sleep(20);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  Line line() {
    return inUse;
  }

  Positions positions() {
    return positions;
  }

  private void move(int to) {
    Line before = inUse;
    inUse = lines.get(to);
    moves.incrementAndGet();
    before.cut();
    for (Runnable listener : listeners) {
      try {
        listener.run();
      } catch (RuntimeException e) {
        LOG.log(Level.ERROR, "somebody could not go over to " + inUse.address(), e);
      }
    }
  }

  /**
   * One of its databases, there or not.
   *
   * @param name lower-case letters, digits, {@code _} and {@code -}
   * @throws IllegalArgumentException for another name
   */
  public HubDatabase database(String name) {
    if (!DATABASE.matcher(name).matches()) {
      throw new IllegalArgumentException("\"" + name + "\" is no name for a database");
    }
    return databases.computeIfAbsent(name, wanted -> new HubDatabase(wanted, this));
  }

  /** What the server says of itself ({@code GET /}). */
  public Outcome<JsonObject> welcome() {
    Requests requests = inUse.requests();
    return requests.object(requests.get(""));
  }

  /** Who we are to it ({@code GET /_session}), with {@code userCtx} and {@code info}. */
  public Outcome<JsonObject> session() {
    Requests requests = inUse.requests();
    return requests.object(requests.get("_session"));
  }

  /** The names of its databases, for those who may see them. */
  public Outcome<List<String>> databaseNames() {
    Requests requests = inUse.requests();
    return requests
        .array(requests.get("_all_dbs"))
        .map(names -> {
          List<String> all = new ArrayList<>();
          names.asList().forEach(name -> all.add(name.getAsString()));
          return List.copyOf(all);
        });
  }

  /** The documents of its users. */
  public HubDatabase users() {
    return database("_users");
  }

  /** The hub's clock minus ours, see {@link #clock}; empty before its first answer. */
  public Optional<Duration> clockOffset() {
    return clock().map(ClockOffset::offset);
  }

  /**
   * How far the hub's clock is from ours, by the dates of its answers: to half a second after the
   * first one, to a few hundredths after some; empty before.
   */
  public Optional<ClockOffset> clock() {
    return inUse.transport().clockOffset();
  }

  /** Cuts what is under way and closes all connections; every later call is unavailable. */
  @Override
  public void close() {
    if (watch != null) {
      watch.close();
    }
    if (isOwner) {
      lines.forEach(Line::close);
    }
  }

  static JsonArray texts(List<String> texts) {
    JsonArray array = new JsonArray();
    texts.forEach(array::add);
    return array;
  }

  static JsonObject member(String name, JsonElement value) {
    JsonObject object = new JsonObject();
    object.add(name, value);
    return object;
  }
}
