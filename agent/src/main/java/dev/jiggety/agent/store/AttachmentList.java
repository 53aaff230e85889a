package dev.jiggety.agent.store;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import java.util.Collection;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The attachments of a revision as text in its row: {@code [[name, type, digest, length,
 * revpos]…]}.
 */
final class AttachmentList {

  private AttachmentList() {}

  /** Null for none. */
  static @Nullable String write(Collection<StoredAttachment> attachments) {
    if (attachments.isEmpty()) {
      return null;
    }
    var list = new JsonArray();
    for (var attachment : attachments) {
      var row = new JsonArray();
      row.add(attachment.name());
      row.add(attachment.contentType());
      row.add(attachment.digest());
      row.add(attachment.length());
      row.add(attachment.revpos());
      list.add(row);
    }
    return list.toString();
  }

  static List<StoredAttachment> read(@Nullable String text) {
    if (text == null) {
      return List.of();
    }
    return StreamSupport.stream(JsonParser.parseString(text).getAsJsonArray().spliterator(), false)
        .map(element -> {
          var row = element.getAsJsonArray();
          return new StoredAttachment(
              row.get(0).getAsString(),
              row.get(1).getAsString(),
              row.get(2).getAsString(),
              row.get(3).getAsLong(),
              row.get(4).getAsInt());
        })
        .toList();
  }
}
