package dev.jiggety.agent.cli;

import dev.jiggety.agent.report.Inventory;
import dev.jiggety.document.Contents;
import dev.jiggety.document.Ids;
import dev.jiggety.document.Stored;
import dev.jiggety.document.WindowDocument;
import dev.jiggety.model.Content;
import dev.jiggety.model.Window;
import dev.jiggety.repository.couch.CouchRepositories;
import java.util.List;
import java.util.SortedMap;

/** Reads what is in force, as far as reports and pages tell of it. */
final class InForce {
  private InForce() {}

  static Inventory read(CouchRepositories repositories) {
    return new Inventory(
        repositories.tests().all().tests().stream().map(Stored::value).toList(),
        windows(repositories.patches().inForce().documents()));
  }

  private static List<Window> windows(SortedMap<String, Content> documents) {
    return documents.tailMap(Ids.window("")).entrySet().stream()
        .takeWhile(document -> document.getKey().startsWith(Ids.window("")))
        .map(document -> WindowDocument.TYPE.read(Contents.document(document.getValue())))
        .toList();
  }
}
