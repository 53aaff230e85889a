package dev.jiggety.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.jiggety.model.rules.TestRules;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages in docs/documents are what the program reads and writes, to the letter. */
class DocumentedExamplesTest {
  private static final List<DocumentType<?>> TYPES =
      List.of(
          TestDocument.TYPE,
          BatchDocument.TYPE,
          NodeDocument.TYPE,
          ManagerDocument.TYPE,
          HubDocument.TYPE,
          LogDocument.TYPE,
          PatchDocument.TYPE,
          RolloutDocument.TYPE,
          HeadDocument.TYPE,
          StrategyDocument.TYPE,
          KeyDocument.TYPE,
          ChannelDocument.TYPE,
          PolicyDocument.TYPE,
          NoticeDocument.TYPE,
          NoticeRequestDocument.TYPE,
          WindowDocument.TYPE,
          SettingsDocument.TYPE,
          CandidateDocument.TYPE,
          CommandDocument.TYPE,
          AnswerDocument.TYPE,
          TrialDocument.TYPE,
          TrialsDocument.TYPE,
          DepositDocument.TYPE,
          SecretDocument.TYPE,
          SecretsDocument.TYPE,
          SealerDocument.TYPE,
          TrialAnswerDocument.TYPE,
          LineDocument.TYPE,
          AuditDocument.TYPE,
          BeforeDocument.TYPE,
          IncidentDocument.TYPE,
          IncidentActDocument.TYPE,
          AgentDocument.TYPE,
          ReleaseDocument.TYPE,
          InvitationDocument.TYPE,
          JoinDocument.TYPE,
          AdmissionDocument.TYPE,
          MemberDocument.TYPE,
          DismissalDocument.TYPE);

  @ParameterizedTest
  @MethodSource("types")
  <T> void everyExampleIsReadAndWrittenAsItStands(DocumentType<T> type) throws IOException {
    List<JsonObject> examples = Pages.examples(type.type());
    assertThat(examples).isNotEmpty();
    for (JsonObject example : examples) {
      T value = type.read(example);
      example.remove("signature"); // beside what the document says; SignedExamplesTest checks it
      assertThat(type.write(value)).isEqualTo(example);
      assertThat(type.id(value)).isEqualTo(example.get("_id").getAsString());
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void everyFieldOfTheExamplesIsInTheTable(DocumentType<?> type) throws IOException {
    String page = Pages.text(type.type());
    String table = page.substring(0, page.indexOf("```json"));
    Set<String> names = new TreeSet<>();
    Pages.examples(type.type()).forEach(example -> collectNames(example, names));
    assertThat(names)
        .allSatisfy(name -> assertThat(table).containsPattern("[`.\\]{ ,]" + name + "[`.\\[, }]"));
  }

  @Test
  void theExamplesOfTestsAreTestsThatCanRun() throws IOException {
    for (JsonObject example : Pages.examples("test")) {
      assertThat(TestRules.problems(TestDocument.TYPE.read(example))).isEmpty();
    }
  }

  @Test
  void theExamplesOfChannelsAndPoliciesCanBePutInForce() throws IOException {
    for (String type : List.of("channel", "policy")) {
      for (JsonObject example : Pages.examples(type)) {
        String id = example.get("_id").getAsString();
        assertThat(ConfigurationRules.problems(id, Contents.of(example))).isEmpty();
      }
    }
  }

  static Stream<DocumentType<?>> types() {
    return TYPES.stream();
  }

  private static void collectNames(JsonElement json, Set<String> names) {
    if (json instanceof JsonObject object) {
      object
          .entrySet()
          .forEach(member -> {
            names.add(Matcher.quoteReplacement(member.getKey()));
            collectNames(member.getValue(), names);
          });
    } else if (json instanceof JsonArray array) {
      array.forEach(item -> collectNames(item, names));
    }
  }
}
