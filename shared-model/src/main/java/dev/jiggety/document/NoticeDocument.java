package dev.jiggety.document;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.jiggety.base.Problem;
import dev.jiggety.model.Incident;
import dev.jiggety.model.Notice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code notice:} documents in the database of incidents; see docs/documents/notice.md. */
public final class NoticeDocument implements DocumentType<Notice> {
  /** The one instance; it has no state. */
  public static final NoticeDocument TYPE = new NoticeDocument();

  private NoticeDocument() {}

  @Override
  public String type() {
    return "notice";
  }

  @Override
  public int schema() {
    return 1;
  }

  @Override
  public String id(Notice notice) {
    return notice.id();
  }

  @Override
  public JsonObject write(Notice notice) {
    JsonObject json = Documents.envelope(notice.id(), type(), schema());
    if (!notice.policy().isEmpty()) {
      json.addProperty("policy", notice.policy());
    }
    json.addProperty("channel", notice.channel());
    json.addProperty("reason", notice.reason().label());
    json.addProperty("due", notice.due().toEpochMilli());
    JsonArray items = new JsonArray();
    for (Notice.Item item : notice.items()) {
      JsonObject fields = new JsonObject();
      fields.addProperty("incident", item.incident());
      fields.addProperty("kind", item.kind().label());
      fields.addProperty("reason", item.reason().label());
      fields.addProperty("step", item.step());
      if (item.number() != 0) {
        fields.addProperty("number", item.number());
      }
      items.add(fields);
    }
    json.add("items", items);
    json.addProperty("state", notice.state().label());
    addText(json, "text", notice.text());
    addText(json, "remark", notice.remark());
    json.addProperty("attempts", notice.attempts());
    addTime(json, "next", notice.next());
    addTime(json, "created", notice.created());
    addTime(json, "sent", notice.sent());
    json.addProperty("epoch", notice.epoch());
    return json;
  }

  @Override
  public Notice read(JsonObject document) {
    List<Problem> problems = new ArrayList<>();
    Fields fields = new Fields(document, "", problems);
    Documents.open(fields, this, "notice:");
    List<Notice.Item> items = new ArrayList<>();
    for (Fields item : fields.objects("items")) {
      items.add(
          new Notice.Item(
              item.text("incident"),
              item.oneOf("kind", Incident.Kind.DOWN, Incident.Kind.values(), Incident.Kind::label),
              reason(item),
              item.smallNumber("step", 0),
              item.smallNumber("number", 0)));
    }
    Notice notice =
        new Notice(
            fields.text("_id"),
            fields.text("policy", ""),
            fields.text("channel"),
            reason(fields),
            Instant.ofEpochMilli(fields.required("due")),
            items,
            fields.oneOf("state", Notice.State.QUEUED, Notice.State.values(), Notice.State::label),
            fields.text("text", ""),
            fields.text("remark", ""),
            fields.smallNumber("attempts", 0),
            time(fields, "next"),
            Instant.ofEpochMilli(fields.required("created")),
            time(fields, "sent"),
            fields.number("epoch", 0));
    if (!problems.isEmpty()) {
      throw new DocumentException(problems);
    }
    return notice;
  }

  private static Notice.Reason reason(Fields fields) {
    return fields.oneOf(
        "reason", Notice.Reason.OPENED, Notice.Reason.values(), Notice.Reason::label);
  }

  private static @Nullable Instant time(Fields fields, String name) {
    return fields.has(name) ? Instant.ofEpochMilli(fields.number(name, 0)) : null;
  }

  private static void addTime(JsonObject json, String name, @Nullable Instant time) {
    if (time != null) {
      json.addProperty(name, time.toEpochMilli());
    }
  }

  private static void addText(JsonObject json, String name, String text) {
    if (!text.isEmpty()) {
      json.addProperty(name, text);
    }
  }
}
