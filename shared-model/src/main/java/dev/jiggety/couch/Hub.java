package dev.jiggety.couch;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.jiggety.base.ClockOffset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;

/**
 * A hub: CouchDB or anything that speaks its API. Opening one does no I/O, so a hub that is away is
 * a normal state; each call says how it went. Safe for any thread.
 */
public final class Hub implements AutoCloseable {
  private static final Pattern DATABASE = Pattern.compile("[a-z_][a-z0-9_-]{0,200}");

  private final HubAddress address;
  private final HubOptions options;
  private final Transport transport;
  private final Requests requests;
  private final ConcurrentMap<String, HubDatabase> databases = new ConcurrentHashMap<>();

  private Hub(HubAddress address, HubOptions options) {
    this.address = address;
    this.options = options;
    this.transport = new Transport(address, options);
    this.requests = new Requests(address, transport, new Failures(address, options));
  }

  /**
   * Makes the client of a hub; nothing is sent yet.
   *
   * @throws IllegalArgumentException when the file with extra certificates cannot be used
   */
  public static Hub open(HubAddress address, HubOptions options) {
    return new Hub(address, options);
  }

  /** Where it is. */
  public HubAddress address() {
    return address;
  }

  /** How it is talked to. */
  public HubOptions options() {
    return options;
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
    return databases.computeIfAbsent(
        name, wanted -> new HubDatabase(wanted, this, transport, requests));
  }

  /** What the server says of itself ({@code GET /}). */
  public Outcome<JsonObject> welcome() {
    return requests.object(requests.get(""));
  }

  /** Who we are to it ({@code GET /_session}), with {@code userCtx} and {@code info}. */
  public Outcome<JsonObject> session() {
    return requests.object(requests.get("_session"));
  }

  /** The names of its databases, for those who may see them. */
  public Outcome<List<String>> databaseNames() {
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
    return transport.clockOffset();
  }

  /** Cuts what is under way and closes all connections; every later call is unavailable. */
  @Override
  public void close() {
    transport.close();
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
