package dev.jiggety.twill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.jiggety.twill.Argument.Text;
import dev.jiggety.twill.Argument.Variable;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptTest {

  @Test
  void oneCommandALineWithCommentsAndEmptyLines() {
    Script script =
        Script.parse(
            """
            # log in
            go https://shop.example/   # the home page

              fv 1 user "Jack O'Hill"
            submit
            """);
    assertThat(script.flaws()).isEmpty();
    assertThat(script.lines())
        .extracting(Line::number, Line::column, Line::command, Line::text)
        .containsExactly(
            tuple(2, 1, Command.GO, "go https://shop.example/"),
            tuple(4, 3, Command.FORM_VALUE, "fv 1 user \"Jack O'Hill\""),
            tuple(5, 1, Command.SUBMIT, "submit"));
  }

  /** What is written after {@code echo}, and the text that it is. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '`',
      value = {
        "\"two words\" ¦ two words",
        "'two words' ¦ two words",
        "\"say \"\"hello\"\"\" ¦ say \"hello\"",
        "\"say \\\"hello\\\"\" ¦ say \"hello\"",
        "'it''s' ¦ it's",
        "'it\\'s' ¦ it's",
        "'a \"b\" c' ¦ a \"b\" c",
        "\"it's # here\" ¦ it's # here",
        "\"one\\ntwo\" ¦ `one\ntwo`",
        "one\\ntwo ¦ `one\ntwo`",
        "'\\d+\\.\\s' ¦ \\d+\\.\\s",
        "'C:\\\\dir' ¦ C:\\\\dir",
        "\"\" ¦ ``",
        "\\$name ¦ $name",
        "'costs \\${5}' ¦ costs ${5}",
        "$${name} ¦ ${name}",
        "$5.00 ¦ $5.00",
        "__VIEWSTATE ¦ __VIEWSTATE",
        "grüße ¦ grüße",
      })
  void quotesAndBackslashes(String written, String meant) {
    Script script = Script.parse("echo " + written);
    assertThat(script.flaws()).isEmpty();
    assertThat(script.lines().getFirst().arguments()).hasSize(1);
    assertThat(script.lines().getFirst().arguments().getFirst().text()).isEqualTo(meant);
  }

  @Test
  void inPatternsABackslashBeforeADollarSignStays() {
    assertThat(Script.parse("find '\\$12'").lines().getFirst().arguments().getFirst().text())
        .isEqualTo("\\$12");
  }

  @Test
  void variablesAreLookedUpAndSecretsAreTold() {
    Script script = Script.parse("echo $a __url__ 'to ${a} with ${secret.shop-key}'", Set.of("a"));
    assertThat(script.flaws()).isEmpty();
    assertThat(script.lines().getFirst().arguments())
        .extracting(Argument::parts)
        .containsExactly(
            List.of(new Variable("a", 6)),
            List.of(new Variable("__url__", 9)),
            List.of(
                new Text("to "),
                new Variable("a", 21),
                new Text(" with "),
                new Variable("secret.shop-key", 31)));
  }

  /** The line, the column of the flaw, and a part of what is said. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '`',
      value = {
        "fnd x ¦ 1 ¦ there is no command \"fnd\"; did you mean find?",
        "frobnicate ¦ 1 ¦ there is no command \"frobnicate\"; docs/guide/scripts.md lists all",
        "Go http://a/ ¦ 1 ¦ did you mean go?",
        "add_extra_headers a b ¦ 1 ¦ did you mean add_extra_header?",
        "<html> ¦ 1 ¦ there is no command",
        "find ¦ 1 ¦ find takes 1 to 2 arguments, found 0: find <pattern> [<flags>]",
        "find a i b ¦ 10 ¦ found 3: find <pattern> [<flags>]; put a text with blanks in quotes",
        "back 1 ¦ 6 ¦ back takes no arguments, found 1",
        "fv_multi 1 ¦ 1 ¦ fv_multi takes at least 2 arguments, found 1",
        "find \"abc ¦ 6 ¦ the quote that begins here never ends",
        "find 'abc\" ¦ 6 ¦ the quote that begins here never ends",
        "find it's ¦ 8 ¦ a quote inside a word; put the whole argument in quotes",
        "find \"a\"b ¦ 9 ¦ put a blank between the arguments",
        "go http://a/#top ¦ 13 ¦ a # inside a word",
        "echo a \\ ¦ 8 ¦ cannot go on in the next",
        "find [a ¦ 6 ¦ [a is no regular expression",
        "find a z ¦ 8 ¦ z has the flag z; known are i (ignore case)",
        "find a xi ¦ 8 ¦ x and c stand alone",
        "find //h1[ x ¦ 6 ¦ is no XPath 1.0",
        "code 2oo ¦ 6 ¦ 2oo is no HTTP status",
        "code 700 ¦ 6 ¦ 700 is no HTTP status",
        "sleep soon ¦ 7 ¦ soon is no number of seconds",
        "timeout -1 ¦ 9 ¦ -1 is no number of seconds",
        "time_below 800 ¦ 12 ¦ 800 is not a duration; write it like 800ms or 2s",
        "cert_days two ¦ 11 ¦ two is no number of days",
        "exit 256 ¦ 6 ¦ 256 is no exit code",
        "popmatch first ¦ 10 ¦ first is no whole number",
        "fv_multi 1 user ¦ 12 ¦ user must be field=value",
        "header bad: x ¦ 8 ¦ is not the name of a header",
        "show me ¦ 6 ¦ me is not known",
        "require sucess ¦ 9 ¦ did you mean success?",
        "config colour green ¦ 8 ¦ colour is not known; known are",
        "config require_tidy 1 ¦ 8 ¦ goes with tidy_ok",
        "config readonly_controls_writeable maybe ¦ 36 ¦ maybe is neither true nor false",
        "agent firefox_16 ¦ 7 ¦ did you mean firefox_106?",
        "set_local 1st x ¦ 11 ¦ 1st cannot be a variable",
        "setmatch m.strip() ¦ 10 ¦ looks like Python",
        "dns_a shop.example nowhere ¦ 20 ¦ nowhere is no address",
        "go shop.example:8080/a ¦ 4 ¦ has no scheme",
        "go file:///etc/passwd ¦ 4 ¦ is no web address",
        "go javascript:alert(1) ¦ 4 ¦ is no web address",
        "go /home ¦ 4 ¦ has no page to be relative to",
        "follow x ¦ 1 ¦ has no page yet",
        "form_file 1 f a.txt ¦ 1 ¦ form_file reads no file of the node; give the content",
        "form_file 1 f a.txt text/plain ¦ 21 ¦ looks like a media type",
        "add_cleanup go ¦ 13 ¦ go takes 1 argument, found 0",
        "add_cleanup fnd x ¦ 13 ¦ did you mean find?",
        "add_cleanup logout.twill ¦ 13 ¦ there is no command",
        "echo ${1+1} ¦ 6 ¦ nothing is evaluated",
        "echo $a.upper() ¦ 6 ¦ nothing is evaluated",
        "echo ${secret.Shop} ¦ 6 ¦ cannot be a secret",
        "echo 'x ${a' ¦ 9 ¦ never ends",
        "echo $nobody ¦ 6 ¦ the variable nobody is never set by here; set it with set_local",
        "echo 'x ${nobody}' ¦ 9 ¦ the variable nobody is never set",
        "echo __match__ ¦ 6 ¦ find, title or url must come before",
        "echo __matchlist__ ¦ 6 ¦ is a list; popmatch",
        "getmatch x ¦ 1 ¦ __match__ is never set by here",
        "find a ${flags} ¦ 8 ¦ a variable cannot stand here",
      })
  void whatIsWrongIsSaidWithItsPlace(String line, int column, String message) {
    Script script = Script.parse("\n" + line);
    assertThat(script.flaws()).hasSize(1);
    assertThat(script.flaws().getFirst().line()).isEqualTo(2);
    assertThat(script.flaws().getFirst().message()).contains(message);
    assertThat(script.flaws().getFirst().column()).isEqualTo(column);
  }

  @ParameterizedTest
  @EnumSource(Refused.class)
  void whatIsNotHereSaysWhyAndWhatToDo(Refused row) {
    for (String name : row.names()) {
      assertThat(Command.named(name)).isEmpty();
      assertThat(Script.parse(name + " a b").flaws())
          .containsExactly(new Flaw(1, 1, name + " " + row.reason()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "notfind x", "fv 1 a b", "formvalue 1 a b", "formclear 1", "formaction 1 /x", "fa 1 /x",
        "formfile 1 f n c", "showforms", "showlinks", "showhistory", "showhtml", "showcookies",
        "setglobal a b", "setlocal a b"
      })
  void oldSpellingsWork(String line) {
    assertThat(Script.parse(line).flaws()).isEmpty();
  }

  @Test
  void aVariableIsKnownFromTheLineThatSetsItOn() {
    assertThat(Script.parse("set_local a 1\necho $a").flaws()).isEmpty();
    assertThat(Script.parse("echo $a\nset_local a 1").flaws())
        .extracting(Flaw::line)
        .containsExactly(1);
    assertThat(Script.parse("title x\nfv 1 a __match__\ngetmatch b\necho $b").flaws()).isEmpty();
    assertThat(Script.parse("add_cleanup echo $a\nset_local a 1").flaws()).hasSize(1);
  }

  @Test
  void aCleanUpIsACommandOfItsOwn() {
    Line line = Script.parse("go http://a/\nadd_cleanup go \"/log?out\"").lines().get(1);
    assertThat(line.text()).isEqualTo("add_cleanup go \"/log?out\"");
    assertThat(line.cleanup())
        .extracting(Line::command, Line::text)
        .containsExactly(Command.GO, "go \"/log?out\"");
  }

  @Test
  void allFlawsAreTold() {
    assertThat(Script.parse("fnd a\nrun x\ngo http://a/\ncode x").flaws())
        .extracting(Flaw::line)
        .containsExactly(1, 2, 4);
  }

  @Test
  void pythonsNamedGroupsAreUnderstood() {
    assertThat(Script.parse("find '(?P<a>x)(?P=a)'").flaws()).isEmpty();
    assertThat("xX").matches(Patterns.java("(?P<a>x)(?P=a)", "i"));
  }

  /** Whatever stands there: each line is a command, empty, a comment, or it has a flaw. */
  @Property
  void noLineIsSkippedInSilence(@ForAll String source) {
    Script script = Script.parse(source);
    String[] lines = source.split("\r\n|\n|\r", -1);
    for (int i = 0; i < lines.length; i++) {
      int number = i + 1;
      String text = lines[i].replaceAll("[ \t\f\u00a0\ufeff]", "");
      boolean blank = text.isEmpty() || text.startsWith("#");
      boolean command = script.lines().stream().anyMatch(line -> line.number() == number);
      boolean flaw = script.flaws().stream().anyMatch(found -> found.line() == number);
      assertThat(blank || command || flaw).as(lines[i]).isTrue();
    }
  }
}
