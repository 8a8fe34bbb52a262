/** Words that only threads of a ChatKit server need, in every language of the runtime. */

/** @import {Ctx} from "./types" */

const NAMES = ["older", "sources", "skip", "other", "thinking", "thought", "search", "files", "image", "more"];
/** @type {Record<string, string>} in the order of NAMES */
const WORDS = {
  en: "Show earlier messages|Sources|Skip|Something else|Thinking|Thought for {seconds} s|Searching the web|Files|Image|Show more",
  de: "Frühere Nachrichten zeigen|Quellen|Überspringen|Etwas anderes|Denkt nach|{seconds} s nachgedacht|Sucht im Web|Dateien|Bild|Mehr zeigen",
  fr: "Afficher les messages précédents|Sources|Passer|Autre chose|Réflexion en cours|Réflexion : {seconds} s|Recherche sur le Web|Fichiers|Image|Afficher plus",
  es: "Mostrar mensajes anteriores|Fuentes|Omitir|Otra cosa|Pensando|Pensó {seconds} s|Buscando en la web|Archivos|Imagen|Mostrar más",
  it: "Mostra i messaggi precedenti|Fonti|Salta|Altro|Sto pensando|Ha pensato per {seconds} s|Ricerca sul web|File|Immagine|Mostra altro",
  pt: "Mostrar mensagens anteriores|Fontes|Ignorar|Outra coisa|A pensar|Pensou durante {seconds} s|A pesquisar na Web|Ficheiros|Imagem|Mostrar mais",
  nl: "Eerdere berichten tonen|Bronnen|Overslaan|Iets anders|Denkt na|{seconds} s nagedacht|Zoekt op het web|Bestanden|Afbeelding|Meer tonen",
  pl: "Pokaż wcześniejsze wiadomości|Źródła|Pomiń|Coś innego|Myśli|Myślenie trwało {seconds} s|Przeszukuje sieć|Pliki|Obraz|Pokaż więcej",
  tr: "Önceki iletileri göster|Kaynaklar|Atla|Başka bir şey|Düşünüyor|{seconds} sn düşündü|Web’de arıyor|Dosyalar|Resim|Daha fazla göster",
  ja: "以前のメッセージを表示|出典|スキップ|その他|考えています|{seconds} 秒考えました|ウェブを検索しています|ファイル|画像|さらに表示",
  zh: "显示更早的消息|来源|跳过|其他|正在思考|思考了 {seconds} 秒|正在搜索网页|文件|图片|显示更多",
  ar: "عرض الرسائل السابقة|المصادر|تخطٍّ|شيء آخر|جارٍ التفكير|استغرق التفكير {seconds} ث|جارٍ البحث في الويب|الملفات|صورة|عرض المزيد",
  he: "הצגת הודעות קודמות|מקורות|דילוג|משהו אחר|חושב|חשב {seconds} שנ׳|מחפש באינטרנט|קבצים|תמונה|הצגת עוד",
  sv: "Visa tidigare meddelanden|Källor|Hoppa över|Något annat|Tänker|Tänkte i {seconds} s|Söker på webben|Filer|Bild|Visa fler",
};

/** @param {Ctx} ctx @returns {Record<string, string>} */
export function itemWords(ctx) {
  const found = (WORDS[ctx.locale] ?? WORDS.en).split("|");
  return Object.fromEntries(NAMES.map((name, index) => [name, found[index]]));
}
