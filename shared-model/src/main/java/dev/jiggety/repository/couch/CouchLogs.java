package dev.jiggety.repository.couch;

import dev.jiggety.couch.HubDatabase;
import dev.jiggety.document.Ids;
import dev.jiggety.document.LogDocument;
import dev.jiggety.model.LogExcerpt;
import dev.jiggety.repository.LogRepository;
import java.util.Optional;

/** The documents with log lines in the status database. */
final class CouchLogs implements LogRepository {
  private final HubDatabase status;
  private final OwnDocuments<LogExcerpt> own;

  CouchLogs(HubDatabase status) {
    this.status = status;
    this.own = new OwnDocuments<>(status, LogDocument.TYPE);
  }

  @Override
  public Optional<LogExcerpt> find(String name) {
    return read(name).or(() -> read(LogExcerpt.manager(name)));
  }

  private Optional<LogExcerpt> read(String writer) {
    return Answers.find(status, Ids.log(writer), "read the log of " + writer)
        .map(document -> Answers.read(LogDocument.TYPE, document, status));
  }

  @Override
  public void report(LogExcerpt log) {
    own.report(log);
  }
}
