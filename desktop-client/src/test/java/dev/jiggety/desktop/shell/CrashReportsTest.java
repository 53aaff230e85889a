package dev.jiggety.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.desktop.testing.FakeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashReportsTest {
  @TempDir Path folder;

  @Test
  void theSameFailureHasTheSameCodeWhateverItSays() {
    assertThat(CrashReports.code(failure("one")))
        .matches("[0-9A-F]{4}-[0-9A-F]{4}")
        .isEqualTo(CrashReports.code(failure("two")))
        .isNotEqualTo(CrashReports.code(new IllegalStateException("elsewhere")));
  }

  @Test
  void theReportSaysWhereAndWhatWithoutSecrets() throws IOException {
    Throwable failure =
        new IllegalStateException(
            "PUT http://ann:hunter2@hub:5984/x?token=abc123 with Authorization: Bearer eyJhbG",
            failure(
                "password=opensesame, then \"secret\": \"s3cr3t\" and Cookie: AuthSession=zz9"));
    Path file =
        new CrashReports(folder.resolve("reports"), new FakeClock()).write(failure, "Tests");
    String text = Files.readString(file);
    assertThat(file.getFileName().toString())
        .isEqualTo("report-" + CrashReports.code(failure) + ".txt");
    assertThat(text)
        .contains(CrashReports.code(failure), "2026-03-02T10:00:00Z", "on the screen: Tests")
        .contains("java.version = ", "CrashReportsTest.failure", "hub:5984/x")
        .doesNotContain("hunter2", "abc123", "eyJhbG", "opensesame", "s3cr3t", "zz9");
  }

  @Test
  void causesThatGoRoundInACircleHaveACodeToo() {
    Throwable one = failure("one");
    Throwable other = new IllegalStateException("other", one);
    one.initCause(other);
    assertThat(CrashReports.code(one)).matches("[0-9A-F]{4}-[0-9A-F]{4}");
  }

  private static Throwable failure(String text) {
    return new IllegalArgumentException(text);
  }
}
