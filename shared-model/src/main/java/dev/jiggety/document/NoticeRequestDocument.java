package dev.jiggety.document;

import com.google.gson.JsonObject;
import dev.jiggety.base.Problem;
import dev.jiggety.model.NoticeRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** {@code request:<id>} documents in the database of incidents; see docs/documents/request.md. */
public final class NoticeRequestDocument implements DocumentType<NoticeRequest> {
  /** The one instance; it has no state. */
  public static final NoticeRequestDocument TYPE = new NoticeRequestDocument();

  private NoticeRequestDocument() {}

  @Override
  public String type() {
    return "request";
  }

  @Override
  public int schema() {
    return 1;
  }

  @Override
  public String id(NoticeRequest request) {
    return Ids.request(request.id());
  }

  @Override
  public JsonObject write(NoticeRequest request) {
    JsonObject json = Documents.envelope(id(request), type(), schema());
    json.addProperty("act", request.act().label());
    json.addProperty("subject", request.subject());
    json.addProperty("by", request.by());
    json.addProperty("at", request.at().toEpochMilli());
    return json;
  }

  @Override
  public NoticeRequest read(JsonObject document) {
    List<Problem> problems = new ArrayList<>();
    Fields fields = new Fields(document, "", problems);
    String id = Documents.open(fields, this, "request:");
    if (!fields.has("act")) {
      fields.report("act", "is missing");
    }
    NoticeRequest request =
        new NoticeRequest(
            id,
            fields.oneOf(
                "act",
                NoticeRequest.Act.TEST,
                NoticeRequest.Act.values(),
                NoticeRequest.Act::label),
            fields.text("subject"),
            fields.text("by"),
            Instant.ofEpochMilli(fields.required("at")));
    if (!problems.isEmpty()) {
      throw new DocumentException(problems);
    }
    return request;
  }
}
