package dev.jiggety.agent.store.view;

import dev.jiggety.agent.store.DocumentForm;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.StoredDocument;
import dev.jiggety.agent.store.script.Scripts;
import java.util.ArrayList;
import java.util.List;

/** Map functions in JavaScript. Each runs once on a document, however many views have it. */
final class JavaScriptMapper implements Mapper {
  private final DocumentStore store;
  private final Scripts.MapFunctions functions;
  private final int[][] viewsOf;
  private final boolean localSeq;

  /**
   * A mapper.
   *
   * @param viewsOf for each function the views that have it
   * @param localSeq whether documents are shown with {@code _local_seq}
   */
  JavaScriptMapper(
      DocumentStore store, Scripts.MapFunctions functions, int[][] viewsOf, boolean localSeq) {
    this.store = store;
    this.functions = functions;
    this.viewsOf = viewsOf;
    this.localSeq = localSeq;
  }

  @Override
  public void map(List<StoredDocument> documents, Emitter emitter) {
    var texts = new ArrayList<String>(documents.size());
    documents.forEach(document -> texts.add(text(document)));
    functions.map(
        texts,
        (document, function, key, value) -> {
          for (var view : viewsOf[function]) {
            emitter.emit(document, view, key, value);
          }
        });
  }

  /** As CouchDB shows documents to map functions: with their conflicts. */
  private String text(StoredDocument document) {
    if (document.hasAttachments() || document.tree().leaves().size() > 1) {
      var form = new DocumentForm(false, false, true, true, localSeq, false);
      return store.toJson(document, form).toString();
    }
    var body = document.bodyText();
    var text = new StringBuilder(body.length() + 128);
    // Neither needs escaping for JSON but the id, which is quoted as Gson does it.
    text.append("{\"_id\":").append(new com.google.gson.JsonPrimitive(document.id()));
    text.append(",\"_rev\":\"").append(document.rev()).append('"');
    if (localSeq) {
      text.append(",\"_local_seq\":").append(document.seq());
    }
    if (body.length() > 2) {
      text.append(',').append(body, 1, body.length());
    } else {
      text.append('}');
    }
    return text.toString();
  }
}
