package dev.jiggety.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.jiggety.model.Incident.Kind;
import dev.jiggety.model.rules.report.SlaReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlaFilesTest {
  @Test
  void aPageHasTheFiguresOfEachTestAndTag() {
    Document page = Jsoup.parse(SlaFiles.html(Samples.shop().report(), "October"));

    assertThat(page.select("section:has(h2#tests) tbody tr th").eachText())
        .containsExactly(
            "Blog",
            "Checkout",
            "Home page",
            "Intranet wiki",
            "Orders API",
            "Partner API",
            "Search");
    assertThat(page.select("section:has(h2#tests) tbody tr:eq(2) td").eachText())
        .containsExactly(
            "99.87 %",
            "99.87 %",
            "38 min",
            "1",
            "38 min",
            "38 min",
            "20 d 13 h",
            "121 ms",
            "180 ms",
            "484 ms",
            "6 min 24 s",
            "✓ so far");
    assertThat(page.select("section:has(h2#tags) tbody tr th").eachText())
        .containsExactly("api", "internal", "public", "shop");
    assertThat(page.select("script, img, link[rel=stylesheet], [style]")).isEmpty();
  }

  @Test
  void aPageEscapesNames() {
    Samples shop = new Samples();
    shop.test("a", "<img src=x onerror=alert(1)>", Samples.NOW.minusSeconds(9000), Samples.NOW, 9);
    Document page = Jsoup.parse(SlaFiles.html(shop.report(), "</title><script>"));

    assertThat(page.select("img, script")).isEmpty();
    assertThat(page.select("tbody th").first().text()).isEqualTo("<img src=x onerror=alert(1)>");
  }

  @Test
  void aTableHasARowForEachTestTagAndAllOfAsManyCells() {
    List<List<String>> rows = parsed(SlaFiles.csv(Samples.shop().report()));

    assertThat(rows).hasSize(1 + 7 + 4 + 1);
    assertThat(rows).allMatch(row -> row.size() == rows.getFirst().size());
    assertThat(cell(rows, "shop-home", "availability_percent")).isEqualTo("99.8718");
    assertThat(cell(rows, "shop-home", "down_s")).isEqualTo("2280");
    assertThat(cell(rows, "shop-home", "mttr_s")).isEqualTo("2280");
    assertThat(cell(rows, "shop-home", "target_state")).isEqualTo("met");
    assertThat(cell(rows, "all", "tests")).isEqualTo("7");
  }

  @Test
  void withoutTargetOrDataCellsAreEmptyAndNotZero() {
    Samples shop = new Samples();
    shop.test("a", "A", Samples.NOW, Samples.NOW, 9);
    List<List<String>> rows = parsed(SlaFiles.csv(shop.report()));

    assertThat(cell(rows, "a", "availability_percent")).isEmpty();
    assertThat(cell(rows, "a", "p99_ms")).isEmpty();
    assertThat(cell(rows, "a", "target_state")).isEqualTo("unknown");
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "=1+1|'=1+1",
        "+49 30|'+49 30",
        "-2|'-2",
        "@SUM(A1)|'@SUM(A1)",
        "  =cmd|'  =cmd",
        "Shop|Shop",
        "a-b|a-b"
      },
      delimiter = '|',
      quoteCharacter = '^',
      ignoreLeadingAndTrailingWhitespace = false)
  void whatASpreadsheetWouldRunIsText(String name, String cell) {
    assertThat(SlaCsv.text(name)).isEqualTo(cell);
  }

  @Property
  void everyNameComesBackOutOfATable(@ForAll String name, @ForAll String other) {
    String line = SlaCsv.text(name) + "," + SlaCsv.text(other) + "\r\n";
    List<List<String>> rows = parsed(line);

    assertThat(rows).hasSize(1);
    assertThat(rows.getFirst()).hasSize(2);
    assertThat(rows.getFirst().get(0)).endsWith(name);
    assertThat(rows.getFirst().get(1)).endsWith(other);
  }

  @Test
  void jsonHasTheSingleOutages() {
    JsonObject json = SlaFiles.json(Samples.shop().report());
    JsonObject home = json.getAsJsonArray("tests").get(2).getAsJsonObject();

    assertThat(home.get("id").getAsString()).isEqualTo("shop-home");
    JsonObject outages = home.getAsJsonObject("outages");
    assertThat(outages.getAsJsonArray("each").get(0).getAsJsonObject().get("began").getAsString())
        .isEqualTo("2026-10-14T02:10:00Z");
    assertThat(json.get("targetPercent").getAsString()).isEqualTo("99.9");
  }

  @Test
  void aTestThatBeganInTheMiddleOfAnHourIsObservedFromThenOn() {
    Samples shop = new Samples();
    Instant begin = Instant.parse("2026-10-20T10:40:00Z");
    shop.test("a", "A", begin, begin.plus(Duration.ofMinutes(90)), 9);
    Duration observed = shop.report().all().figures().time().observed();

    assertThat(observed).isBetween(Duration.ofMinutes(90), Duration.ofMinutes(95));
  }

  @Test
  void aMissedTargetIsSaidInAllForms() {
    Samples shop = Samples.shop();
    shop.incident(Kind.DOWN, "shop-home", "2026-10-15T02:10:00Z", "2026-10-15T05:10:00Z");
    SlaReport report = shop.report();

    assertThat(report.missed()).isTrue();
    assertThat(SlaFiles.html(report, "x")).contains("✗ missed", "−2 h 53 min");
    assertThat(cell(parsed(SlaFiles.csv(report)), "shop-home", "target_state")).isEqualTo("missed");
  }

  @Test
  void hundredPercentIsSaidOfNothingLess() {
    assertThat(Words.percent(0.999999)).isEqualTo("99.999");
    assertThat(Words.percent(0.9999999)).isEqualTo("99.999");
    assertThat(Words.percent(0.99984)).isEqualTo("99.98");
    assertThat(Words.percent(1)).isEqualTo("100");
    assertThat(Words.percent(0)).isEqualTo("0.00");
  }

  private static String cell(List<List<String>> rows, String id, String column) {
    return rows.stream()
        .filter(row -> row.get(3).equals(id))
        .findFirst()
        .orElseThrow()
        .get(rows.getFirst().indexOf(column));
  }

  /** RFC 4180, by the letter. */
  private static List<List<String>> parsed(String csv) {
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < csv.length(); i++) {
      char c = csv.charAt(i);
      if (quoted) {
        if (c == '"' && i + 1 < csv.length() && csv.charAt(i + 1) == '"') {
          cell.append(c);
          i++;
        } else if (c == '"') {
          quoted = false;
        } else {
          cell.append(c);
        }
      } else if (c == '"') {
        quoted = true;
      } else if (c == ',' || c == '\n') {
        row.add(cell.toString());
        cell.setLength(0);
        if (c == '\n') {
          rows.add(List.copyOf(row));
          row.clear();
        }
      } else if (c != '\r') {
        cell.append(c);
      }
    }
    return rows;
  }
}
