package dev.jiggety.document;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.jiggety.base.Durations;
import dev.jiggety.base.HostAndPort;
import dev.jiggety.base.Problem;
import dev.jiggety.model.Settings;
import dev.jiggety.model.rules.SettingsRules;
import dev.jiggety.model.rules.Sizes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The one document {@code settings}, and the same fields as people write them in files. Fields at
 * their default are not written; without the document all are at their default. See
 * docs/documents/settings.md.
 */
public final class SettingsDocument implements PlainDocument<Settings> {
  /** The one instance; it has no state. */
  public static final SettingsDocument TYPE = new SettingsDocument();

  private static final Settings DEFAULT = Settings.DEFAULT;

  private SettingsDocument() {}

  @Override
  public String type() {
    return "settings";
  }

  @Override
  public int schema() {
    return 1;
  }

  @Override
  public String id(Settings settings) {
    return Ids.settings();
  }

  @Override
  public List<Problem> problems(Settings settings) {
    return SettingsRules.problems(settings);
  }

  @Override
  public Settings read(JsonObject document) {
    return read(document, false);
  }

  /**
   * Reads what a person wrote: without an id, and every field that is not known is an error.
   *
   * @throws DocumentException with all problems and their places
   */
  @Override
  public Settings readStrictly(JsonObject written) {
    return read(written, true);
  }

  @Override
  public JsonObject write(Settings settings) {
    JsonObject json = Documents.envelope(id(settings), type(), schema());
    writePlain(settings).entrySet().forEach(field -> json.add(field.getKey(), field.getValue()));
    return json;
  }

  /** The fields as a person would write them, without what only documents have. */
  @Override
  public JsonObject writePlain(Settings settings) {
    JsonObject json = new JsonObject();
    TestDocument.addTexts(
        json,
        "references",
        settings.references().stream()
            .map(target -> HostAndPort.of(target.host(), target.port()))
            .toList());
    JsonObject retention = new JsonObject();
    if (!settings.liveFor().equals(DEFAULT.liveFor())) {
      retention.addProperty("live", Durations.format(settings.liveFor()));
    }
    if (!settings.archiveFor().equals(DEFAULT.archiveFor())) {
      retention.addProperty("archive", Durations.format(settings.archiveFor()));
    }
    if (settings.diskBudget() != DEFAULT.diskBudget()) {
      retention.addProperty("disk", Sizes.format(settings.diskBudget()));
    }
    if (!retention.isEmpty()) {
      json.add("retention", retention);
    }
    if (!settings.certificateDays().equals(DEFAULT.certificateDays())) {
      JsonArray days = new JsonArray();
      settings.certificateDays().forEach(days::add);
      json.add("certificate-days", days);
    }
    return json;
  }

  private Settings read(JsonObject json, boolean strictly) {
    List<Problem> problems = new ArrayList<>();
    Fields fields = new Fields(json, "", problems);
    if (!strictly) {
      Documents.open(fields, this, Ids.settings());
    }
    Fields retention = fields.object("retention");
    Settings settings =
        new Settings(
            references(fields),
            Objects.requireNonNull(retention.duration("live", DEFAULT.liveFor())),
            Objects.requireNonNull(retention.duration("archive", DEFAULT.archiveFor())),
            Objects.requireNonNull(retention.parsed("disk", DEFAULT.diskBudget(), Sizes::parse)),
            days(fields));
    if (strictly) {
      retention.refuseUnknown();
      fields.refuseUnknown();
    }
    if (!problems.isEmpty()) {
      throw new DocumentException(problems);
    }
    return settings;
  }

  private static List<HostAndPort> references(Fields fields) {
    List<HostAndPort> references = new ArrayList<>();
    for (String text : fields.texts("references")) {
      try {
        references.add(HostAndPort.parse(text));
      } catch (IllegalArgumentException e) {
        fields.report("references", String.valueOf(e.getMessage()));
      }
    }
    return references;
  }

  private static List<Integer> days(Fields fields) {
    if (!fields.has("certificate-days")) {
      return DEFAULT.certificateDays();
    }
    List<Integer> days = new ArrayList<>();
    for (var element : fields.array("certificate-days")) {
      long day = SampleJson.wholeNumber(element);
      if (day != (int) day) {
        fields.report("certificate-days", "must be whole numbers of days");
      } else {
        days.add((int) day);
      }
    }
    return days;
  }
}
