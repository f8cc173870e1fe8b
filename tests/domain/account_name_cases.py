"""Hard account names with their verdicts: from page 6 of the document and from names that accounts really bear.

A line: name | verdict | pattern or problem | bodies, comma-separated | the first suggestion.
"""

CASES = """
東京都 | ok | prefecture_name | 東京都 |
神奈川県 | ok | prefecture_name | 神奈川県 |
北海道 | ok | prefecture_name | 北海道 |
京都府 | ok | prefecture_name | 京都府 |
大阪府庁 | ok | prefecture_office | 大阪府 |
北海道庁 | ok | prefecture_office | 北海道 |
東京都庁 | ok | prefecture_office | 東京都 |
和歌山県庁 | ok | prefecture_office | 和歌山県 |
横浜市 | ok | municipality_name | 神奈川県横浜市 |
中央区 | ok | municipality_name | 東京都中央区 |
北区 | ok | municipality_name | 東京都北区 |
港区 | ok | municipality_name | 東京都港区 |
渋谷区 | ok | municipality_name | 東京都渋谷区 |
箱根町 | ok | municipality_name | 神奈川県箱根町 |
御蔵島村 | ok | municipality_name | 東京都御蔵島村 |
津市 | ok | municipality_name | 三重県津市 |
四日市市 | ok | municipality_name | 三重県四日市市 |
廿日市市 | ok | municipality_name | 広島県廿日市市 |
野々市市 | ok | municipality_name | 石川県野々市市 |
市川市 | ok | municipality_name | 千葉県市川市 |
市川町 | ok | municipality_name | 兵庫県市川町 |
大町町 | ok | municipality_name | 佐賀県大町町 |
十日町市 | ok | municipality_name | 新潟県十日町市 |
都城市 | ok | municipality_name | 宮崎県都城市 |
東村 | ok | municipality_name | 沖縄県東村 |
ニセコ町 | ok | municipality_name | 北海道ニセコ町 |
さいたま市 | ok | municipality_name | 埼玉県さいたま市 |
つくば市 | ok | municipality_name | 茨城県つくば市 |
南アルプス市 | ok | municipality_name | 山梨県南アルプス市 |
かすみがうら市 | ok | municipality_name | 茨城県かすみがうら市 |
丹波篠山市 | ok | municipality_name | 兵庫県丹波篠山市 |
那珂川市 | ok | municipality_name | 福岡県那珂川市 |
那珂川町 | ok | municipality_name | 栃木県那珂川町 |
東広島市 | ok | municipality_name | 広島県東広島市 |
府中市 | ok | municipality_name | 東京都府中市,広島県府中市 |
伊達市 | ok | municipality_name | 北海道伊達市,福島県伊達市 |
府中町 | ok | municipality_name | 広島県府中町 |
池田町 | ok | municipality_name | 北海道池田町,福井県池田町,長野県池田町,岐阜県池田町 |
鹿嶋市 | ok | municipality_name | 茨城県鹿嶋市 |
鹿島市 | ok | municipality_name | 佐賀県鹿島市 |
龍ケ崎市 | ok | municipality_name | 茨城県龍ケ崎市 |
鶴ヶ島市 | ok | municipality_name | 埼玉県鶴ヶ島市 |
塩竈市 | ok | municipality_name | 宮城県塩竈市 |
梼原町 | ok | municipality_name | 高知県梼原町 |
檮原町 | ok | municipality_name | 高知県梼原町 |
須惠町 | ok | municipality_name | 福岡県須恵町 |
福岡県福岡市 | ok | prefecture_and_municipality | 福岡県福岡市 |
東京都御蔵島村 | ok | prefecture_and_municipality | 東京都御蔵島村 |
東京都中央区 | ok | prefecture_and_municipality | 東京都中央区 |
広島県府中市 | ok | prefecture_and_municipality | 広島県府中市 |
北海道北広島市 | ok | prefecture_and_municipality | 北海道北広島市 |
京都府京都市 | ok | prefecture_and_municipality | 京都府京都市 |
新宿区役所 | ok | municipality_office | 東京都新宿区 |
箱根町役場 | ok | municipality_office | 神奈川県箱根町 |
横浜市役所 | ok | municipality_office | 神奈川県横浜市 |
御蔵島村役場 | ok | municipality_office | 東京都御蔵島村 |
府中市役所 | ok | municipality_office | 東京都府中市,広島県府中市 |
ﾆｾｺ町 | ok | municipality_name | 北海道ニセコ町 |
神奈川県横浜市役所 | unclear | prefecture_and_office | 神奈川県横浜市 | 横浜市役所
東京都新宿区役所 | unclear | prefecture_and_office | 東京都新宿区 | 新宿区役所
神奈川県箱根町役場 | unclear | prefecture_and_office | 神奈川県箱根町 | 箱根町役場
神奈川県足柄下郡箱根町 | unclear | county_included | 神奈川県箱根町 | 神奈川県箱根町
足柄下郡箱根町 | unclear | county_included | 神奈川県箱根町 | 箱根町
足柄下郡箱根町役場 | unclear | county_included | 神奈川県箱根町 | 箱根町役場
東京都三宅島三宅村 | unclear | county_included | 東京都三宅村 | 東京都三宅村
八丈島八丈町 | unclear | county_included | 東京都八丈町 | 八丈町
神奈川県 横浜市 | unclear | inner_space | 神奈川県横浜市 | 神奈川県横浜市
神奈川県　横浜市 | unclear | inner_space | 神奈川県横浜市 | 神奈川県横浜市
横 浜 市 | unclear | inner_space | 神奈川県横浜市 | 横浜市
横浜市 役所 | unclear | inner_space | 神奈川県横浜市 | 横浜市役所
東京都 庁 | unclear | inner_space | 東京都 | 東京都庁
龍ヶ崎市 | unclear | variant_spelling | 茨城県龍ケ崎市 | 龍ケ崎市
龍が崎市 | unclear | variant_spelling | 茨城県龍ケ崎市 | 龍ケ崎市
竜ケ崎市 | unclear | variant_spelling | 茨城県龍ケ崎市 | 龍ケ崎市
竜ヶ崎市役所 | unclear | variant_spelling | 茨城県龍ケ崎市 | 龍ケ崎市役所
鎌ヶ谷市 | unclear | variant_spelling | 千葉県鎌ケ谷市 | 鎌ケ谷市
袖ヶ浦市 | unclear | variant_spelling | 千葉県袖ケ浦市 | 袖ケ浦市
鶴ケ島市 | unclear | variant_spelling | 埼玉県鶴ヶ島市 | 鶴ヶ島市
茅ヶ崎市 | ok | municipality_name | 神奈川県茅ヶ崎市 |
茅ケ崎市 | unclear | variant_spelling | 神奈川県茅ヶ崎市 | 茅ヶ崎市
塩釜市 | unclear | variant_spelling | 宮城県塩竈市 | 塩竈市
鹽竈市 | unclear | variant_spelling | 宮城県塩竈市 | 塩竈市
横濱市 | unclear | variant_spelling | 神奈川県横浜市 | 横浜市
神奈川縣横浜市 | unclear | variant_spelling | 神奈川県横浜市 | 神奈川県横浜市
東京都澁谷區 | unclear | variant_spelling | 東京都渋谷区 | 東京都渋谷区
四条畷市 | unclear | variant_spelling | 大阪府四條畷市 | 四條畷市
鯵ヶ沢町 | unclear | variant_spelling | 青森県鰺ヶ沢町 | 鰺ヶ沢町
諌早市 | unclear | variant_spelling | 長崎県諫早市 | 諫早市
野野市市 | unclear | variant_spelling | 石川県野々市市 | 野々市市
桧原村 | unclear | variant_spelling | 東京都檜原村 | 檜原村
茨城県鹿島市 | unclear | variant_spelling | 茨城県鹿嶋市 | 茨城県鹿嶋市
葛\U000e0100城市 | unclear | variant_spelling | 奈良県葛城市 | 葛城市
横浜市公式 | ng | decoration | 神奈川県横浜市 | 横浜市
横浜市LINE | ng | decoration | 神奈川県横浜市 | 横浜市
横浜市ＬＩＮＥ公式アカウント | ng | decoration | 神奈川県横浜市 | 横浜市
横浜市防災 | ng | decoration | 神奈川県横浜市 | 横浜市
東京都防災 | ng | decoration | 東京都 | 東京都
防災とくしま | ng | decoration | 徳島県,徳島県徳島市 | 徳島県
よこはま市公式 | ng | decoration | 神奈川県横浜市 | 横浜市
筑波市 | ng | dissolved_municipality | 茨城県つくば市 | つくば市
YOKOHAMA市 | ng | latin_name | 神奈川県横浜市 | 横浜市
二セコ町 | ng | misspelled | 北海道ニセコ町 | ニセコ町
国 | ng | national_body | |
東村山公式 | ng | decoration | 東京都東村山市 | 東村山市
観光市川市 | ng | decoration | 千葉県市川市 | 市川市
nanporocho | ng | latin_name | 北海道南幌町 | 南幌町
横浜市（公式） | ng | decoration | 神奈川県横浜市 | 横浜市
【公式】横浜市 | ng | decoration | 神奈川県横浜市 | 横浜市
横浜市★ | ng | decoration | 神奈川県横浜市 | 横浜市
😀横浜市 | ng | decoration | 神奈川県横浜市 | 横浜市
横浜市🎉🎉 | ng | decoration | 神奈川県横浜市 | 横浜市
@横浜市 | ng | decoration | 神奈川県横浜市 | 横浜市
横浜市・神奈川県 | ng | decoration | 神奈川県横浜市 | 横浜市
横浜市子育て応援 | ng | decoration | 神奈川県横浜市 | 横浜市
福岡市LINE公式アカウント | ng | decoration | 福岡県福岡市 | 福岡市
LINE横浜市 | ng | decoration | 神奈川県横浜市 | 横浜市
スマホ市役所横浜市 | ng | decoration | 神奈川県横浜市 | 横浜市
横浜市役所公式 | ng | decoration | 神奈川県横浜市 | 横浜市役所
箱根町役場からのお知らせ | ng | decoration | 神奈川県箱根町 | 箱根町役場
大阪府庁広報 | ng | decoration | 大阪府 | 大阪府庁
横浜公式 | ng | decoration | 神奈川県横浜市,青森県横浜町 | 横浜市
横浜市教育委員会 | ng | section_or_organ | 神奈川県横浜市 | 横浜市
横浜市消防局 | ng | section_or_organ | 神奈川県横浜市 | 横浜市
横浜市会 | ng | section_or_organ | 神奈川県横浜市 | 横浜市
福岡市議会 | ng | section_or_organ | 福岡県福岡市 | 福岡市
横浜市水道局 | ng | section_or_organ | 神奈川県横浜市 | 横浜市
箱根町役場企画課 | ng | section_or_organ | 神奈川県箱根町 | 箱根町役場
東京都水道局 | ng | section_or_organ | 東京都 | 東京都
神奈川県警察 | ng | section_or_organ | 神奈川県 | 神奈川県
大阪府警 | ng | section_or_organ | 大阪府 | 大阪府
横浜市立図書館 | ng | section_or_organ | 神奈川県横浜市 | 横浜市
横浜市長 | ng | section_or_organ | 神奈川県横浜市 | 横浜市
渋谷区選挙管理委員会 | ng | section_or_organ | 東京都渋谷区 | 渋谷区
警視庁 | ng | section_or_organ | 東京都 | 東京都
東京消防庁 | ng | section_or_organ | 東京都 | 東京都
教育委員会 | ng | section_or_organ | |
横浜市中区 | ng | ward_of_designated_city | 神奈川県横浜市 | 横浜市
神奈川県横浜市中区 | ng | ward_of_designated_city | 神奈川県横浜市 | 神奈川県横浜市
横浜市中区役所 | ng | ward_of_designated_city | 神奈川県横浜市 | 横浜市役所
大阪市北区 | ng | ward_of_designated_city | 大阪府大阪市 | 大阪市
名古屋市港区 | ng | ward_of_designated_city | 愛知県名古屋市 | 名古屋市
札幌市中央区 | ng | ward_of_designated_city | 北海道札幌市 | 札幌市
宮城野区 | ng | ward_of_designated_city | 宮城県仙台市 | 仙台市
青葉区 | ng | ward_of_designated_city | 宮城県仙台市,神奈川県横浜市 | 仙台市
愛知県港区 | ng | ward_of_designated_city | 愛知県名古屋市 | 愛知県名古屋市
横浜西区 | ng | ward_of_designated_city | 神奈川県横浜市 | 横浜市
浜松市中央区 | ng | ward_of_designated_city | 静岡県浜松市 | 浜松市
浜松市北区 | ng | ward_of_designated_city | 静岡県浜松市 | 浜松市
横浜市中区公式 | ng | ward_of_designated_city | 神奈川県横浜市 | 横浜市
横浜 | ng | bare_stem | 神奈川県横浜市,青森県横浜町 | 横浜市
東京 | ng | bare_stem | 東京都 | 東京都
京都 | ng | bare_stem | 京都府,京都府京都市 | 京都府
箱根 | ng | bare_stem | 神奈川県箱根町 | 箱根町
神奈川県横浜 | ng | bare_stem | 神奈川県横浜市 | 神奈川県横浜市
四日市 | ng | bare_stem | 三重県四日市市 | 四日市市
余市 | ng | bare_stem | 北海道余市町 | 余市町
大町 | ng | bare_stem | 長野県大町市,佐賀県大町町 | 大町市
津 | ng | bare_stem | 三重県津市 | 津市
さいたま | ng | bare_stem | 埼玉県さいたま市 | さいたま市
塩釜 | ng | bare_stem | 宮城県塩竈市 | 塩竈市
横浜役所 | ng | bare_stem | 神奈川県横浜市,青森県横浜町 | 横浜市役所
神奈川横浜市 | ng | short_prefecture | 神奈川県横浜市 | 神奈川県横浜市
東京府中市 | ng | short_prefecture | 東京都府中市 | 東京都府中市
よこはまし | ng | kana_name | 神奈川県横浜市 | 横浜市
ヨコハマ市 | ng | kana_name | 神奈川県横浜市 | 横浜市
よこはま | ng | kana_name | 神奈川県横浜市,青森県横浜町 | 横浜市
神奈川県よこはま市 | ng | kana_name | 神奈川県横浜市 | 横浜市
さいたまし | ng | kana_name | 埼玉県さいたま市 | さいたま市
にせこ町 | ng | kana_name | 北海道ニセコ町 | ニセコ町
とうきょうと | ng | kana_name | 東京都 | 東京都
Yokohama | ng | latin_name | 神奈川県横浜市,青森県横浜町 | 横浜市
Yokohama City | ng | latin_name | 神奈川県横浜市 | 横浜市
ＴＯＫＹＯ | ng | latin_name | 東京都 | 東京都
Ōsaka-fu | ng | latin_name | 大阪府 | 大阪府
箱根町役所 | ng | wrong_office_word | 神奈川県箱根町 | 箱根町役場
横浜市役場 | ng | wrong_office_word | 神奈川県横浜市 | 横浜市役所
新宿区役場 | ng | wrong_office_word | 東京都新宿区 | 新宿区役所
横浜市庁 | ng | wrong_office_word | 神奈川県横浜市 | 横浜市役所
神奈川県役所 | ng | wrong_office_word | 神奈川県 | 神奈川県庁
御蔵島村役所 | ng | wrong_office_word | 東京都御蔵島村 | 御蔵島村役場
市役所 | ng | office_word_only | |
県庁 | ng | office_word_only | |
都庁 | ng | office_word_only | 東京都 | 東京都
箱根市 | ng | wrong_kind | 神奈川県箱根町 | 箱根町
埼玉市 | ng | wrong_kind | 埼玉県さいたま市,埼玉県 | さいたま市
大阪都 | ng | wrong_kind | 大阪府,大阪府大阪市 | 大阪府
東京都横浜市 | ng | wrong_prefecture | 神奈川県横浜市 | 神奈川県横浜市
北海道福岡市 | ng | wrong_prefecture | 福岡県福岡市 | 福岡県福岡市
愛知郡箱根町 | ng | wrong_county | 神奈川県箱根町 | 箱根町
篠山市 | ng | dissolved_municipality | 兵庫県丹波篠山市 | 丹波篠山市
浦和市 | ng | dissolved_municipality | 埼玉県さいたま市 | さいたま市
上福岡市 | ng | dissolved_municipality | 埼玉県ふじみ野市 | ふじみ野市
清水市 | ng | dissolved_municipality | 静岡県静岡市 | 静岡市
浦和市役所 | ng | dissolved_municipality | 埼玉県さいたま市 | さいたま市
徳島県池田町 | ng | dissolved_municipality | 徳島県三好市 | 三好市
川内市 | ng | dissolved_municipality | 鹿児島県薩摩川内市 | 薩摩川内市
西多摩衛生組合 | ng | union | |
東京都後期高齢者医療広域連合 | ng | union | 東京都 | 東京都
阪神水道企業団 | ng | union | |
横浜市社会福祉協議会 | ng | association | 神奈川県横浜市 | 横浜市
箱根町観光協会 | ng | association | 神奈川県箱根町 | 箱根町
東京都住宅供給公社 | ng | association | 東京都 | 東京都
横浜商工会議所 | ng | association | 神奈川県横浜市,青森県横浜町 | 横浜市
横浜農業協同組合 | ng | association | 神奈川県横浜市,青森県横浜町 | 横浜市
国土交通省 | ng | national_body | |
デジタル庁 | ng | national_body | |
横浜税務署 | ng | national_body | 神奈川県横浜市,青森県横浜町 | 横浜市
自衛隊神奈川地方協力本部 | ng | national_body | |
厚生労働省神奈川労働局 | ng | national_body | |
横浜市川崎市 | ng | several_bodies | 神奈川県横浜市,神奈川県川崎市 | 横浜市
丹波笹山市 | ng | misspelled | 兵庫県丹波篠山市 | 丹波篠山市
横須加市 | ng | misspelled | 神奈川県横須賀市 | 横須賀市
横横浜市 | ng | misspelled | 神奈川県横浜市 | 横浜市
横浜市民 | ng | extra_text | 神奈川県横浜市 | 横浜市
東京23区 | ng | extra_text | 東京都 | 東京都
\u202e横浜市 | ng | hidden_characters | 神奈川県横浜市 | 横浜市
横浜\u200b市 | ng | hidden_characters | 神奈川県横浜市 | 横浜市
横\x00浜市 | ng | hidden_characters | 神奈川県横浜市 | 横浜市
みなとみらい | ng | unknown_name | |
ほげほげ市 | ng | unknown_municipality | |
塩がま市 | ng | kana_name | 宮城県塩竈市 | 塩竈市
龍がさき市 | ng | kana_name | 茨城県龍ケ崎市 | 龍ケ崎市
鎌がや市 | ng | kana_name | 千葉県鎌ケ谷市 | 鎌ケ谷市
四条なわて市 | ng | kana_name | 大阪府四條畷市 | 四條畷市
南あるぷす市 | ng | kana_name | 山梨県南アルプス市 | 南アルプス市
さつま川内市 | ng | kana_name | 鹿児島県薩摩川内市 | 薩摩川内市
さつま川内市公式 | ng | decoration | 鹿児島県薩摩川内市 | 薩摩川内市
松ぶし町役場 | ng | kana_name | 埼玉県松伏町 | 松伏町
㊥央区 | ng | decoration | 東京都中央区 | 中央区
㈱横浜市 | ng | association | 神奈川県横浜市 | 横浜市
NPO法人横浜 | ng | association | 神奈川県横浜市,青森県横浜町 | 横浜市
シティ横浜 | ng | decoration | 神奈川県横浜市,青森県横浜町 | 横浜市
よこはましにしく | ng | ward_of_designated_city | 神奈川県横浜市 | 横浜市
Yokohama Nishi-ku | ng | ward_of_designated_city | 神奈川県横浜市 | 横浜市
yokohma | ng | misspelled | 神奈川県横浜市,青森県横浜町 | 横浜市
松本市北区 | ng | extra_text | 長野県松本市 | 松本市
大宰府市 | ng | misspelled | 福岡県太宰府市,愛知県大府市 | 太宰府市
神奈河県庁 | ng | misspelled | 神奈川県 | 神奈川県庁
崎玉県庁 | ng | misspelled | 埼玉県 | 埼玉県庁
富士見野市 | ng | misspelled | 埼玉県ふじみ野市 | ふじみ野市
讃岐市 | ng | unknown_municipality | 香川県さぬき市 | さぬき市
福岡士 | ng | misspelled | 福岡県福岡市,福岡県 | 福岡市
栁川市 | unclear | variant_spelling | 福岡県柳川市 | 柳川市
津巿 | unclear | variant_spelling | 三重県津市 | 津市
二十日市市 | ng | misspelled | 広島県廿日市市 | 廿日市市
松坂市役所 | ng | misspelled | 三重県松阪市,千葉県松戸市,長野県松本市,長野県須坂市,大阪府松原市 | 松阪市役所
岩手県宮古町 | ng | wrong_kind | 岩手県宮古市 | 岩手県宮古市
神奈川県大和町 | ng | wrong_kind | 神奈川県大和市 | 神奈川県大和市
福岡県那珂川町 | ng | wrong_kind | 福岡県那珂川市 | 福岡県那珂川市
大阪府池田町 | ng | wrong_kind | 大阪府池田市 | 大阪府池田市
東京都府中町 | ng | wrong_kind | 東京都府中市 | 東京都府中市
埼玉県埼玉市 | ng | wrong_kind | 埼玉県さいたま市 | さいたま市
神奈川県鬱林町 | ng | unknown_municipality | 神奈川県 | 神奈川県
愛知県三好町 | ng | dissolved_municipality | 愛知県みよし市 | みよし市
浦和市公式 | ng | dissolved_municipality | 埼玉県さいたま市 | さいたま市
篠山市公式LINE | ng | dissolved_municipality | 兵庫県丹波篠山市 | 丹波篠山市
旧浦和市 | ng | dissolved_municipality | 埼玉県さいたま市 | さいたま市
浦和市教育委員会 | ng | dissolved_municipality | 埼玉県さいたま市 | さいたま市
神奈川県・横浜市 | ng | decoration | 神奈川県横浜市 | 神奈川県横浜市
神奈川県/横浜市 | ng | decoration | 神奈川県横浜市 | 神奈川県横浜市
神奈川県、横浜市 | ng | decoration | 神奈川県横浜市 | 神奈川県横浜市
神奈川県-横浜市 | ng | decoration | 神奈川県横浜市 | 神奈川県横浜市
神奈川県・福岡市 | ng | several_bodies | 神奈川県,福岡県福岡市 | 神奈川県
山梨県都留郡道志村 | ng | wrong_county | 山梨県道志村 | 山梨県道志村
東京都大島支庁三宅村 | ng | section_or_organ | 東京都三宅村 | 東京都三宅村
東京の府中市 | ng | extra_text | 東京都府中市 | 東京都府中市
神奈川横浜 | ng | short_prefecture | 神奈川県横浜市 | 神奈川県横浜市
東京府中 | ng | short_prefecture | 東京都府中市 | 東京都府中市
浜北区 | ng | dissolved_municipality | 静岡県浜松市 | 浜松市
新北区 | ng | extra_text | 東京都北区 | 北区
揖斐郡池田町 | unclear | county_included | 岐阜県池田町 | 岐阜県池田町
三戸郡南部町 | unclear | county_included | 青森県南部町 | 青森県南部町
府中市（東京） | ng | decoration | 東京都府中市 | 東京都府中市
府中市 東京都 | ng | extra_text | 東京都府中市 | 東京都府中市
池田町（岐阜県） | ng | decoration | 岐阜県池田町 | 岐阜県池田町
南部町(鳥取) | ng | decoration | 鳥取県南部町 | 鳥取県南部町
府中 東京 | ng | extra_text | 東京都府中市 | 東京都府中市
"""


def rows() -> list[tuple[str, str, str, list[str], str]]:
    """Name, verdict, pattern or problem, full names of the bodies, first suggestion."""
    cells = [[cell.strip(" ") for cell in line.split("|")] for line in CASES.strip().splitlines()]
    return [
        (name, verdict, why, [body for body in bodies.split(",") if body], best)
        for name, verdict, why, bodies, best in cells
    ]
