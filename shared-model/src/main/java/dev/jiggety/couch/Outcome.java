package dev.jiggety.couch;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * What became of a request to a hub. The kinds say what to do: go on, look at the newer version,
 * make do without it, change the request or the rights, or try again later.
 *
 * @param <T> what a success gives
 */
public sealed interface Outcome<T> {

  /** It worked. */
  record Ok<T>(T value) implements Outcome<T> {}

  /**
   * Somebody else changed the document in between (409).
   *
   * @param reason what the hub said
   */
  record Conflict<T>(String reason) implements Outcome<T> {}

  /**
   * The document or the database is not there (404).
   *
   * @param reason what the hub said: {@code missing}, {@code deleted}, or that there is no such
   *     database
   */
  record Missing<T>(String reason) implements Outcome<T> {}

  /**
   * The hub understood and said no; the same request again gives the same answer.
   *
   * @param status the HTTP status, 300 to 499 mostly
   * @param error CouchDB's word for it, like {@code unauthorized}, {@code forbidden}, {@code
   *     bad_request}
   * @param reason its sentence
   */
  record Refused<T>(int status, String error, String reason) implements Outcome<T> {
    /** Whether the credentials are missing or wrong (401), as against too few rights (403). */
    public boolean isUnauthorized() {
      return status == 401;
    }

    /** Whether a right is missing, or a validation function refused a document (403). */
    public boolean isForbidden() {
      return status == 403;
    }
  }

  /**
   * No answer, half an answer, or the hub cannot now (408, 429, 5xx): trying again later is right.
   *
   * @param reason one line for people
   * @param retryAfter how long the hub asked to be left alone, if it did
   */
  record Unavailable<T>(String reason, Optional<Duration> retryAfter) implements Outcome<T> {
    public Unavailable(String reason) {
      this(reason, Optional.empty());
    }
  }

  /** Whether it worked. */
  default boolean isOk() {
    return this instanceof Ok<T>;
  }

  /** The value of a success; empty for everything else. */
  default Optional<T> ok() {
    return this instanceof Ok<T>(T value) ? Optional.of(value) : Optional.empty();
  }

  /** The same outcome with the value of a success changed. */
  default <U> Outcome<U> map(Function<? super T, ? extends U> change) {
    return then(value -> new Ok<>(change.apply(value)));
  }

  /** What comes next after a success; everything else stays what it is. */
  default <U> Outcome<U> then(Function<? super T, Outcome<U>> next) {
    return switch (this) {
      case Ok<T>(T value) -> next.apply(value);
      case Conflict<T>(String reason) -> new Conflict<>(reason);
      case Missing<T>(String reason) -> new Missing<>(reason);
      case Refused<T>(int status, String error, String reason) ->
          new Refused<>(status, error, reason);
      case Unavailable<T>(String reason, Optional<Duration> after) ->
          new Unavailable<>(reason, after);
    };
  }

  /** One line for people. */
  default String inWords() {
    return switch (this) {
      case Ok<T> ok -> "done";
      case Conflict<T>(String reason) -> "changed by somebody else in between: " + reason;
      case Missing<T>(String reason) -> "not there: " + reason;
      case Refused<T>(int status, String error, String reason) ->
          "refused with " + status + " " + error + ": " + reason;
      case Unavailable<T>(String reason, var after) -> reason;
    };
  }
}
