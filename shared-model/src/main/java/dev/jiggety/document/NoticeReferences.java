package dev.jiggety.document;

import dev.jiggety.base.Problem;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Content;
import dev.jiggety.model.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** What policies name must be there: the channels. A test may be gone, it just has no incidents. */
final class NoticeReferences {
  private NoticeReferences() {}

  static List<Problem> problems(Configuration configuration) {
    SortedMap<String, Content> documents = configuration.documents();
    List<Problem> problems = new ArrayList<>();
    documents
        .subMap("policy:", "policy;")
        .forEach((id, content) -> {
          try {
            Policy policy = PolicyDocument.TYPE.read(Contents.document(content));
            check(id, policy, documents, problems);
          } catch (DocumentException _) {
            // its own rules say what is wrong with it
          }
        });
    return problems;
  }

  private static void check(
      String id, Policy policy, SortedMap<String, Content> documents, List<Problem> problems) {
    for (int i = 0; i < policy.steps().size(); i++) {
      for (String channel : policy.steps().get(i).channels()) {
        if (!documents.containsKey(Ids.channel(channel))) {
          problems.add(
              new Problem(
                  id + ".steps[" + i + "].channels",
                  "there is no channel \"" + channel + "\"; put it in force too, or take it out"));
        }
      }
    }
  }
}
