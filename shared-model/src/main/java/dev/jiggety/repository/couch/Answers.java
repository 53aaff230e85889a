package dev.jiggety.repository.couch;

import com.google.gson.JsonObject;
import dev.jiggety.couch.Credentials;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.DocumentType;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.HubException.Kind;
import java.util.Optional;

/** Makes values of outcomes, and one line for people with the remedy of those that are none. */
public final class Answers {
  /** What CouchDB, and the embedded hub with it, says to who is no member of a database. */
  private static final String CLOSED = "You are not allowed to access this db";

  private Answers() {}

  /**
   * The value of a success.
   *
   * @param what was tried, as in "cannot read the tests"
   * @throws HubException for everything else
   */
  public static <T> T value(Outcome<T> outcome, HubDatabase database, String what) {
    if (outcome instanceof Outcome.Ok<T>(T value)) {
      return value;
    }
    throw failure(outcome, database, what);
  }

  /**
   * Makes sure that it was a document that was not found, and not its whole database.
   *
   * @throws HubException when the database is missing, or cannot be asked
   */
  public static void requireDatabase(HubDatabase database, String what) {
    value(database.info(), database, what);
  }

  /**
   * A document, or nothing where the database has none of that id.
   *
   * @throws HubException when it cannot be asked, or has no such database
   */
  public static Optional<JsonObject> find(HubDatabase database, String id, String what) {
    Outcome<JsonObject> found = database.get(id);
    if (found instanceof Outcome.Missing<JsonObject>) {
      requireDatabase(database, what);
      return Optional.empty();
    }
    return Optional.of(value(found, database, what));
  }

  /**
   * What a document says.
   *
   * @throws HubException when it cannot be understood, so that nobody acts on half the truth
   */
  public static <T> T read(DocumentType<T> type, JsonObject document, HubDatabase database) {
    try {
      return type.read(document);
    } catch (DocumentException e) {
      throw new HubException(
          Kind.REFUSED,
          "%s in %s at the hub %s cannot be read: %s"
              .formatted(
                  document.get("_id").getAsString(),
                  database.name(),
                  database.hub().address(),
                  e.getMessage()));
    }
  }

  /** What to tell people about an outcome that is no success. */
  public static HubException failure(Outcome<?> outcome, HubDatabase database, String what) {
    HubAddress hub = database.hub().address();
    return switch (outcome) {
      case Outcome.Unavailable<?> away -> new HubException(Kind.UNAVAILABLE, away.reason());
      case Outcome.Missing<?> missing ->
          new HubException(
              Kind.MISSING,
              "cannot %s: the hub %s has no database %s; run: jiggety provision --hub %s"
                  .formatted(what, hub, database.name(), hub));
      case Outcome.Refused<?> refused when refused.isUnauthorized() ->
          new HubException(Kind.UNAUTHORIZED, unauthorized(hub, refused.reason()));
      case Outcome.Refused<?> refused when refused.isForbidden() ->
          new HubException(
              Kind.UNAUTHORIZED,
              "%s may not %s at the hub %s: %s"
                  .formatted(user(hub), what, hub, forbidden(database, refused.reason())));
      default ->
          new HubException(
              Kind.REFUSED, "cannot %s at the hub %s: %s".formatted(what, hub, outcome.inWords()));
    };
  }

  /** The words of CouchDB for a closed database say neither which nor what to do. */
  private static String forbidden(HubDatabase database, String reason) {
    if (!reason.startsWith(CLOSED)) {
      return reason;
    }
    return database.name().equals(Accounts.DATABASE)
        ? "accounts are for administrators of the hub alone; log in as one: --credentials FILE"
        : "no role of this account opens %s; an administrator of the hub gives roles: jiggety account roles NAME --role ROLE"
            .formatted(database.name());
  }

  private static String unauthorized(HubAddress hub, String reason) {
    return hub.credentials().isPresent()
        ? "the hub %s does not accept the name and password of \"%s\": %s"
            .formatted(hub, user(hub), reason)
        : "the hub %s asks for a name and password: set %s and %s"
            .formatted(hub, Credentials.USER_VARIABLE, Credentials.PASSWORD_VARIABLE);
  }

  private static String user(HubAddress hub) {
    return hub.credentials().map(Credentials::user).orElse("nobody");
  }
}
