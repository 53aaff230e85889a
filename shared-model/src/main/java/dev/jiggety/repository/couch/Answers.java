package dev.jiggety.repository.couch;

import dev.jiggety.couch.Credentials;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.Outcome;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.HubException.Kind;

/** Makes values of outcomes, and one line for people with the remedy of those that are none. */
public final class Answers {
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
              "%s may not %s at the hub %s: %s".formatted(user(hub), what, hub, refused.reason()));
      default ->
          new HubException(
              Kind.REFUSED, "cannot %s at the hub %s: %s".formatted(what, hub, outcome.inWords()));
    };
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
