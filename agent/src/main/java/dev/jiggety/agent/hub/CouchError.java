package dev.jiggety.agent.hub;

import com.google.gson.JsonObject;
import dev.jiggety.agent.store.InvalidDocumentException;
import dev.jiggety.agent.store.StoreException;
import dev.jiggety.agent.store.WriteOutcome;
import java.io.UncheckedIOException;

/**
 * An answer that is an error, in CouchDB's words. This class is the one table of them (CouchDB:
 * {@code chttpd:error_info}).
 */
final class CouchError extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String error;
  private final String reason;

  CouchError(int status, String error, String reason) {
    super(error + ": " + reason, null, false, false);
    this.status = status;
    this.error = error;
    this.reason = reason;
  }

  int status() {
    return status;
  }

  String error() {
    return error;
  }

  String reason() {
    return reason;
  }

  JsonObject toJson() {
    var json = new JsonObject();
    json.addProperty("error", error);
    json.addProperty("reason", reason);
    return json;
  }

  static CouchError badRequest(String reason) {
    return new CouchError(400, "bad_request", reason);
  }

  static CouchError malformedJson() {
    return badRequest("invalid UTF-8 JSON");
  }

  static CouchError queryParse(String reason) {
    return new CouchError(400, "query_parse_error", reason);
  }

  static CouchError unauthorized(String reason) {
    return new CouchError(401, "unauthorized", reason);
  }

  static CouchError forbidden(String reason) {
    return new CouchError(403, "forbidden", reason);
  }

  static CouchError notFound(String reason) {
    return new CouchError(404, "not_found", reason);
  }

  static CouchError noDatabase() {
    return notFound("Database does not exist.");
  }

  static CouchError missing() {
    return notFound("missing");
  }

  static CouchError deleted() {
    return notFound("deleted");
  }

  static CouchError methodNotAllowed(String allowed) {
    return new CouchError(405, "method_not_allowed", "Only " + allowed + " allowed");
  }

  static CouchError conflict() {
    return new CouchError(409, WriteOutcome.Conflict.ERROR, WriteOutcome.Conflict.REASON);
  }

  static CouchError databaseExists() {
    return new CouchError(
        412, "file_exists", "The database could not be created, the file already exists.");
  }

  static CouchError documentTooLarge(String id) {
    return new CouchError(413, InvalidDocumentException.TOO_LARGE, id);
  }

  static CouchError attachmentTooLarge(String name) {
    return new CouchError(413, "attachment_too_large", name);
  }

  static CouchError tooLarge() {
    return new CouchError(413, "too_large", "the request entity is too large");
  }

  static CouchError tooSlow() {
    return new CouchError(408, "request_timeout", "The request came too slowly.");
  }

  static CouchError busy() {
    return new CouchError(
        503, "service_unavailable", "The hub is busy with other large requests; try again.");
  }

  static CouchError badContentType(String reason) {
    return new CouchError(415, "bad_content_type", reason);
  }

  static CouchError noSuchRange() {
    return new CouchError(
        416, "requested_range_not_satisfiable", "Requested range not satisfiable");
  }

  /** An edit of a revision that is not here. */
  static CouchError missingRev() {
    return new CouchError(409, "not_found", "missing_rev");
  }

  /** What came is not what its sum says. */
  static CouchError wrongMd5() {
    return new CouchError(400, "content_md5_mismatch", "Possible message corruption.");
  }

  static CouchError notImplemented(String what) {
    return new CouchError(
        501, "not_implemented", what + " is not part of this hub; Apache CouchDB has it");
  }

  /** The answer for an outcome that is not {@link WriteOutcome.Stored}. */
  static CouchError of(WriteOutcome outcome) {
    return switch (outcome) {
      case WriteOutcome.Conflict conflict -> conflict();
      case WriteOutcome.Rejected(String id, String error, String reason) ->
          new CouchError(status(error), error, reason);
      case WriteOutcome.Stored stored ->
          throw new IllegalArgumentException(stored + " is no error");
    };
  }

  /** The answer for anything that was thrown; what nobody foresaw is a 500 without details. */
  static CouchError of(Throwable thrown) {
    return switch (thrown) {
      case CouchError error -> error;
      case InvalidDocumentException e -> new CouchError(status(e.error()), e.error(), e.reason());
      case StoreException e -> of(e);
      case UncheckedIOException e -> ofFile(String.valueOf(e.getMessage()));
      default -> new CouchError(500, "internal_server_error", "see the hub's log");
    };
  }

  private static CouchError ofFile(String message) {
    return message.contains("No space left")
        ? noSpace()
        : new CouchError(500, "io_error", "The hub cannot read or write a file; see its log.");
  }

  private static CouchError noSpace() {
    return new CouchError(507, "insufficient_storage", "No space left on the hub's disk.");
  }

  private static CouchError of(StoreException e) {
    return switch (e.kind()) {
      case CLOSED -> noDatabase();
      case FULL -> noSpace();
      case READ_ONLY ->
          new CouchError(500, "read_only", "The hub cannot write to its data folder.");
      case LOCKED ->
          new CouchError(503, "service_unavailable", "Another program has the database open.");
      case CORRUPT, IO ->
          new CouchError(500, "io_error", "The hub cannot read or write the database's file.");
    };
  }

  private static int status(String error) {
    return switch (error) {
      case InvalidDocumentException.BAD_REQUEST,
          InvalidDocumentException.ILLEGAL_ID,
          InvalidDocumentException.VALIDATION ->
          400;
      case "unauthorized" -> 401;
      case "forbidden" -> 403;
      case "conflict" -> 409;
      case InvalidDocumentException.MISSING_STUB -> 412;
      case InvalidDocumentException.TOO_LARGE -> 413;
      default -> 500;
    };
  }
}
