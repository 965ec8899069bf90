#!/usr/bin/env bash
# Two engines compute the formulas of one XForm (what the XLSForm of an investigation is compiled to) differently,
# without an error: JavaRosa 4.3.0 (Maven org.getodk:javarosa, the engine of ODK Collect on phones) and
# openrosa-xpath-evaluator 3.1.0 (npm, the engine of Enketo's web forms). One household without an answer makes a sum
# and a maximum NaN on the web: what should raise an alert does not. A date is never later than a text on the phone,
# so what is asked only then is not asked there. A pattern has to match the whole text on the phone, any part of it on
# the web. The difference of two times is in whole days on the phone. Records of one form thus follow two rules, and
# the sums of them that reach DHIS2 mix both. The two agree on count, date(...), a pattern with ^ and $,
# decimal-date-time and a comparison with ''. Needs Node, Maven and a JDK of 11 or later.
set -euo pipefail
export TZ=UTC
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund openrosa-xpath-evaluator@3.1.0 jsdom@22.1.0 >/dev/null 2>&1

cat >pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.getodk</groupId><artifactId>javarosa</artifactId><version>4.3.0</version></dependency>
  </dependencies>
</project>
XML
mvn -q -B dependency:build-classpath -Dmdep.outputFile=classpath.txt >/dev/null 2>&1

# A form as it is after its questions were answered: three households, of which the second gave no number.
cat >form.xml <<'XML'
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml">
  <h:head>
    <h:title>Investigation</h:title>
    <model>
      <instance>
        <data id="investigation">
          <sample>KBL-2026-0001</sample>
          <onset>2026-03-04</onset>
          <begin>2026-03-04T08:00:00.000+00:00</begin>
          <end>2026-03-04T20:30:00.000+00:00</end>
          <remark/>
          <house><sick>3</sick></house>
          <house><sick/></house>
          <house><sick>4</sick></house>
        </data>
      </instance>
      <bind nodeset="/data/sample" type="string"/>
      <bind nodeset="/data/onset" type="date"/>
      <bind nodeset="/data/begin" type="dateTime"/>
      <bind nodeset="/data/end" type="dateTime"/>
      <bind nodeset="/data/remark" type="string"/>
      <bind nodeset="/data/house/sick" type="int"/>
    </model>
  </h:head>
  <h:body/>
</h:html>
XML

cat >Phone.java <<'JAVA'
import java.io.FileInputStream;
import org.javarosa.core.model.instance.InstanceInitializationFactory;
import org.javarosa.xform.util.XFormUtils;
import org.javarosa.xpath.XPathParseTool;
import org.javarosa.xpath.expr.XPathFuncExpr;

public class Phone {
  public static void main(String[] formulas) throws Exception {
    var form = XFormUtils.getFormFromInputStream(new FileInputStream("form.xml"));
    form.initialize(true, new InstanceInitializationFactory());
    for (String formula : formulas) {
      var result = XPathParseTool.parseXPath(formula).eval(form.getMainInstance(), form.getEvaluationContext());
      System.out.println(XPathFuncExpr.toString(result));
    }
  }
}
JAVA

cat >web.cjs <<'JS'
const { readFileSync } = require('node:fs');
const { JSDOM } = require('jsdom');

const { window } = new JSDOM(readFileSync('form.xml', 'utf8'), { contentType: 'text/xml' });
const { Element, Node, XPathEvaluator, XPathResult } = window;
Object.assign(globalThis, { window, document: window.document, Element, Node, XPathEvaluator, XPathResult });
const evaluator = require('openrosa-xpath-evaluator')();

// Enketo holds the answers in a document of their own, whose elements have no namespace.
const answers = window.document.querySelector('data').outerHTML.replace(/ xmlns(:h)?="[^"]*"/g, '');
const record = new window.DOMParser().parseFromString(answers, 'text/xml');
for (const formula of process.argv.slice(2)) {
  console.log(evaluator.evaluate(formula, record, null, XPathResult.STRING_TYPE).stringValue);
}
JS

formulas=('sum(/data/house/sick)' 'max(/data/house/sick)'
  "if(sum(/data/house/sick) > 5, 'alert', 'no alert')" 'count(/data/house[sick > 0])'
  "/data/onset >= '2026-03-01'" "/data/onset >= date('2026-03-01')"
  "regex(/data/sample, '[A-Z]{3}-[0-9]{4}')" "regex(/data/sample, '^[A-Z]{3}-[0-9]{4}$')"
  'round((/data/end - /data/begin) * 24, 1)' 'round((decimal-date-time(/data/end) - decimal-date-time(/data/begin)) * 24, 1)'
  "if(/data/remark, 'answered', 'no answer')" "if(/data/remark != '', 'answered', 'no answer')")
echo 'formula | JavaRosa 4.3.0, phone | openrosa-xpath-evaluator 3.1.0, web'
paste -d'|' <(printf '%s\n' "${formulas[@]}") \
  <(java -cp "$(cat classpath.txt)" Phone.java "${formulas[@]}" 2>/dev/null) <(node web.cjs "${formulas[@]}") | tee seen.txt
diff - seen.txt <<'SEEN'
sum(/data/house/sick)|7|NaN
max(/data/house/sick)|4|NaN
if(sum(/data/house/sick) > 5, 'alert', 'no alert')|alert|no alert
count(/data/house[sick > 0])|2|2
/data/onset >= '2026-03-01'|false|true
/data/onset >= date('2026-03-01')|true|true
regex(/data/sample, '[A-Z]{3}-[0-9]{4}')|false|true
regex(/data/sample, '^[A-Z]{3}-[0-9]{4}$')|false|false
round((/data/end - /data/begin) * 24, 1)|0|12.5
round((decimal-date-time(/data/end) - decimal-date-time(/data/begin)) * 24, 1)|12.5|12.5
if(/data/remark, 'answered', 'no answer')|no answer|answered
if(/data/remark != '', 'answered', 'no answer')|no answer|no answer
SEEN
