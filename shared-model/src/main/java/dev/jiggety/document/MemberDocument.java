package dev.jiggety.document;

import com.google.gson.JsonObject;
import dev.jiggety.base.Problem;
import dev.jiggety.model.Member;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** {@code member:<node>} documents of the enrolment; see docs/documents/member.md. */
public final class MemberDocument implements DocumentType<Member> {
  /** The one instance; it has no state. */
  public static final MemberDocument TYPE = new MemberDocument();

  private MemberDocument() {}

  @Override
  public String type() {
    return "member";
  }

  @Override
  public int schema() {
    return 1;
  }

  @Override
  public String id(Member member) {
    return "member:" + member.name();
  }

  @Override
  public JsonObject write(Member member) {
    JsonObject json = Documents.envelope(id(member), type(), schema());
    TestDocument.addTexts(json, "tags", member.tags());
    json.addProperty("sealing", member.sealing());
    json.addProperty("standing", member.standing().label());
    json.addProperty("since", member.since().toEpochMilli());
    json.addProperty("by", member.by());
    return json;
  }

  @Override
  public Member read(JsonObject document) {
    List<Problem> problems = new ArrayList<>();
    Fields fields = new Fields(document, "", problems);
    String name = Documents.open(fields, this, "member:");
    String standing = fields.text("standing"); // one that is missing must not become one
    Member member =
        new Member(
            name,
            new TreeSet<>(fields.texts("tags")),
            fields.text("sealing"),
            standing.isEmpty()
                ? Member.Standing.REVOKED
                : fields.oneOf(
                    "standing",
                    Member.Standing.REVOKED,
                    Member.Standing.values(),
                    Member.Standing::label),
            Instant.ofEpochMilli(fields.required("since")),
            fields.text("by"));
    if (!problems.isEmpty()) {
      throw new DocumentException(problems);
    }
    return member;
  }
}
