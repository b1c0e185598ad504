BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE answers (
	request_id TEXT NOT NULL, 
	day TEXT NOT NULL, 
	answer BLOB NOT NULL, 
	CONSTRAINT pk_answers PRIMARY KEY (request_id)
)
 WITHOUT ROWID

;
INSERT INTO "answers" VALUES('kiosk-1 r1','2026-11-23',X'616E737765722031');
INSERT INTO "answers" VALUES('kiosk-1 r10','2026-11-23',X'616E73776572203130');
INSERT INTO "answers" VALUES('kiosk-1 r11','2026-11-23',X'616E73776572203131');
INSERT INTO "answers" VALUES('kiosk-1 r12','2026-11-23',X'616E73776572203132');
INSERT INTO "answers" VALUES('kiosk-1 r13','2026-11-24',X'616E73776572203133');
INSERT INTO "answers" VALUES('kiosk-1 r14','2026-11-24',X'616E73776572203134');
INSERT INTO "answers" VALUES('kiosk-1 r15','2026-11-24',X'616E73776572203135');
INSERT INTO "answers" VALUES('kiosk-1 r16','2026-11-24',X'616E73776572203136');
INSERT INTO "answers" VALUES('kiosk-1 r17','2026-11-24',X'616E73776572203137');
INSERT INTO "answers" VALUES('kiosk-1 r18','2026-11-24',X'616E73776572203138');
INSERT INTO "answers" VALUES('kiosk-1 r19','2026-11-24',X'616E73776572203139');
INSERT INTO "answers" VALUES('kiosk-1 r2','2026-11-23',X'616E737765722032');
INSERT INTO "answers" VALUES('kiosk-1 r20','2026-11-24',X'616E73776572203230');
INSERT INTO "answers" VALUES('kiosk-1 r21','2026-11-24',X'616E73776572203231');
INSERT INTO "answers" VALUES('kiosk-1 r22','2026-11-24',X'616E73776572203232');
INSERT INTO "answers" VALUES('kiosk-1 r23','2026-11-24',X'616E73776572203233');
INSERT INTO "answers" VALUES('kiosk-1 r24','2026-11-24',X'616E73776572203234');
INSERT INTO "answers" VALUES('kiosk-1 r25','2026-11-24',X'616E73776572203235');
INSERT INTO "answers" VALUES('kiosk-1 r26','2026-11-24',X'616E73776572203236');
INSERT INTO "answers" VALUES('kiosk-1 r27','2026-11-24',X'616E73776572203237');
INSERT INTO "answers" VALUES('kiosk-1 r28','2026-11-24',X'616E73776572203238');
INSERT INTO "answers" VALUES('kiosk-1 r29','2026-11-24',X'616E73776572203239');
INSERT INTO "answers" VALUES('kiosk-1 r3','2026-11-23',X'616E737765722033');
INSERT INTO "answers" VALUES('kiosk-1 r30','2026-11-24',X'616E73776572203330');
INSERT INTO "answers" VALUES('kiosk-1 r31','2026-11-24',X'616E73776572203331');
INSERT INTO "answers" VALUES('kiosk-1 r32','2026-11-24',X'616E73776572203332');
INSERT INTO "answers" VALUES('kiosk-1 r33','2026-11-24',X'616E73776572203333');
INSERT INTO "answers" VALUES('kiosk-1 r34','2026-11-24',X'616E73776572203334');
INSERT INTO "answers" VALUES('kiosk-1 r35','2026-11-24',X'616E73776572203335');
INSERT INTO "answers" VALUES('kiosk-1 r36','2026-11-24',X'616E73776572203336');
INSERT INTO "answers" VALUES('kiosk-1 r37','2026-11-24',X'616E73776572203337');
INSERT INTO "answers" VALUES('kiosk-1 r38','2026-11-24',X'616E73776572203338');
INSERT INTO "answers" VALUES('kiosk-1 r4','2026-11-23',X'616E737765722034');
INSERT INTO "answers" VALUES('kiosk-1 r5','2026-11-23',X'616E737765722035');
INSERT INTO "answers" VALUES('kiosk-1 r6','2026-11-23',X'616E737765722036');
INSERT INTO "answers" VALUES('kiosk-1 r7','2026-11-23',X'616E737765722037');
INSERT INTO "answers" VALUES('kiosk-1 r8','2026-11-23',X'616E737765722038');
INSERT INTO "answers" VALUES('kiosk-1 r9','2026-11-23',X'616E737765722039');
CREATE TABLE days (
	day TEXT NOT NULL, 
	first_seq INTEGER NOT NULL, 
	CONSTRAINT pk_days PRIMARY KEY (day)
)
 WITHOUT ROWID

;
INSERT INTO "days" VALUES('2026-11-23',1);
INSERT INTO "days" VALUES('2026-11-24',18);
CREATE TABLE devices (
	client TEXT NOT NULL, 
	desks TEXT NOT NULL, 
	CONSTRAINT pk_devices PRIMARY KEY (client)
)
 WITHOUT ROWID

;
INSERT INTO "devices" VALUES('desk-17','["17"]');
INSERT INTO "devices" VALUES('desk-30','["30"]');
INSERT INTO "devices" VALUES('kiosk-1','[]');
CREATE TABLE events (
	seq INTEGER NOT NULL, 
	day TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	data TEXT NOT NULL, 
	client TEXT, 
	request_id TEXT, 
	CONSTRAINT pk_events PRIMARY KEY (seq)
);
INSERT INTO "events" VALUES(1,'2026-11-23','DayStarted','{"at":"2026-11-23T07:30:20Z","day":"2026-11-23","service_s":{}}','kiosk-1','r1');
INSERT INTO "events" VALUES(2,'2026-11-23','DeskOpened','{"at":"2026-11-23T07:30:40Z","desk":"17","client":"desk-17","clerk":null}','kiosk-1','r2');
INSERT INTO "events" VALUES(3,'2026-11-23','DeskOpened','{"at":"2026-11-23T07:31:00Z","desk":"30","client":"desk-30","clerk":null}','kiosk-1','r3');
INSERT INTO "events" VALUES(4,'2026-11-23','TicketIssued','{"at":"2026-11-23T07:31:20Z","order":1,"number":"O001","category":"fees","anchor":"2026-11-23T07:31:20Z","priority":null,"language":"uk","booked_at":null}','kiosk-1','r4');
INSERT INTO "events" VALUES(5,'2026-11-23','TicketIssued','{"at":"2026-11-23T07:31:40Z","order":2,"number":"O002","category":"fees","anchor":"2026-11-23T07:31:40Z","priority":null,"language":"uk","booked_at":null}','kiosk-1','r5');
INSERT INTO "events" VALUES(6,'2026-11-23','TicketIssued','{"at":"2026-11-23T07:32:00Z","order":3,"number":"O003","category":"fees","anchor":"2026-11-23T07:32:00Z","priority":null,"language":"uk","booked_at":null}','kiosk-1','r6');
INSERT INTO "events" VALUES(7,'2026-11-23','TicketIssued','{"at":"2026-11-23T07:32:20Z","order":4,"number":"O004","category":"fees","anchor":"2026-11-23T07:32:20Z","priority":null,"language":"uk","booked_at":null}','kiosk-1','r7');
INSERT INTO "events" VALUES(8,'2026-11-23','TicketIssued','{"at":"2026-11-23T07:32:40Z","order":5,"number":"D001","category":"id-cards","anchor":"2026-11-23T07:32:40Z","priority":"disability","language":null,"booked_at":null}','kiosk-1','r8');
INSERT INTO "events" VALUES(9,'2026-11-23','TicketCalled','{"at":"2026-11-23T07:33:00Z","order":1,"number":"O001","desk":"17","call":1,"reason":"place 08:31: issued 08:31; next in line O002 at 08:31","grounds":{"how":"in_turn","desk":"17","issued_at":"2026-11-23T07:31:20Z","place":"2026-11-23T07:31:20Z","anchor":null,"booked_at":null,"priority":null,"head_start_minutes":0,"handicap_minutes":0,"next_number":"O002","next_place":"2026-11-23T07:31:40Z"}}','kiosk-1','r9');
INSERT INTO "events" VALUES(10,'2026-11-23','ServiceStarted','{"at":"2026-11-23T07:33:20Z","order":1,"number":"O001","desk":"17"}','kiosk-1','r10');
INSERT INTO "events" VALUES(11,'2026-11-23','ServiceFinished','{"at":"2026-11-23T07:36:40Z","order":1,"number":"O001","desk":"17","by":"finish"}','kiosk-1','r11');
INSERT INTO "events" VALUES(12,'2026-11-23','TicketClosed','{"at":"2026-11-24T07:37:00Z","order":2,"number":"O002"}','kiosk-1','r12');
INSERT INTO "events" VALUES(13,'2026-11-23','TicketClosed','{"at":"2026-11-24T07:37:00Z","order":3,"number":"O003"}','kiosk-1','r12');
INSERT INTO "events" VALUES(14,'2026-11-23','TicketClosed','{"at":"2026-11-24T07:37:00Z","order":4,"number":"O004"}','kiosk-1','r12');
INSERT INTO "events" VALUES(15,'2026-11-23','TicketClosed','{"at":"2026-11-24T07:37:00Z","order":5,"number":"D001"}','kiosk-1','r12');
INSERT INTO "events" VALUES(16,'2026-11-23','DeskClosed','{"at":"2026-11-24T07:37:00Z","desk":"17"}','kiosk-1','r12');
INSERT INTO "events" VALUES(17,'2026-11-23','DeskClosed','{"at":"2026-11-24T07:37:00Z","desk":"30"}','kiosk-1','r12');
INSERT INTO "events" VALUES(18,'2026-11-24','DayStarted','{"at":"2026-11-24T07:37:20Z","day":"2026-11-24","service_s":{"fees":[220.0]}}','kiosk-1','r13');
INSERT INTO "events" VALUES(19,'2026-11-24','DeskOpened','{"at":"2026-11-24T07:37:40Z","desk":"17","client":"desk-17","clerk":"4711"}','kiosk-1','r14');
INSERT INTO "events" VALUES(20,'2026-11-24','DeskOpened','{"at":"2026-11-24T07:38:00Z","desk":"30","client":"desk-30","clerk":null}','kiosk-1','r15');
INSERT INTO "events" VALUES(21,'2026-11-24','TicketIssued','{"at":"2026-11-24T07:39:00Z","order":1,"number":"O001","category":"fees","anchor":"2026-11-24T07:39:00Z","priority":null,"language":"pl","booked_at":null}','kiosk-1','r16');
INSERT INTO "events" VALUES(22,'2026-11-24','TicketIssued','{"at":"2026-11-24T07:40:00Z","order":2,"number":"O002","category":"fees","anchor":"2026-11-24T07:40:00Z","priority":null,"language":"pl","booked_at":null}','kiosk-1','r17');
INSERT INTO "events" VALUES(23,'2026-11-24','TicketIssued','{"at":"2026-11-24T07:41:00Z","order":3,"number":"D001","category":"id-cards","anchor":"2026-11-24T07:41:00Z","priority":null,"language":"pl","booked_at":null}','kiosk-1','r18');
INSERT INTO "events" VALUES(24,'2026-11-24','TicketIssued','{"at":"2026-11-24T07:42:00Z","order":4,"number":"D002","category":"id-cards","anchor":"2026-11-24T07:42:00Z","priority":null,"language":"pl","booked_at":null}','kiosk-1','r19');
INSERT INTO "events" VALUES(25,'2026-11-24','TicketIssued','{"at":"2026-11-24T07:43:00Z","order":5,"number":"O003","category":"fees","anchor":"2026-11-24T07:43:00Z","priority":null,"language":"pl","booked_at":null}','kiosk-1','r20');
INSERT INTO "events" VALUES(26,'2026-11-24','TicketIssued','{"at":"2026-11-24T07:44:00Z","order":6,"number":"D003","category":"id-cards","anchor":"2026-11-24T07:44:00Z","priority":null,"language":"pl","booked_at":null}','kiosk-1','r21');
INSERT INTO "events" VALUES(27,'2026-11-24','TicketIssued','{"at":"2026-11-24T07:45:00Z","order":7,"number":"O004","category":"fees","anchor":"2026-11-24T07:45:00Z","priority":null,"language":"pl","booked_at":null}','kiosk-1','r22');
INSERT INTO "events" VALUES(28,'2026-11-24','TicketPrinted','{"at":"2026-11-24T07:45:20Z","order":1,"number":"O001","result":"printed","detail":null}','kiosk-1','r23');
INSERT INTO "events" VALUES(29,'2026-11-24','TicketPrinted','{"at":"2026-11-24T07:45:40Z","order":2,"number":"O002","result":"failed","detail":"paper out"}','kiosk-1','r24');
INSERT INTO "events" VALUES(30,'2026-11-24','TicketCalled','{"at":"2026-11-24T07:46:00Z","order":1,"number":"O001","desk":"17","call":1,"reason":"place 08:39: issued 08:39; next in line O002 at 08:40","grounds":{"how":"in_turn","desk":"17","issued_at":"2026-11-24T07:39:00Z","place":"2026-11-24T07:39:00Z","anchor":null,"booked_at":null,"priority":null,"head_start_minutes":0,"handicap_minutes":0,"next_number":"O002","next_place":"2026-11-24T07:40:00Z"}}','kiosk-1','r25');
INSERT INTO "events" VALUES(31,'2026-11-24','CallShown','{"at":"2026-11-24T07:46:20Z","call":1,"display":"display-1"}','kiosk-1','r26');
INSERT INTO "events" VALUES(32,'2026-11-24','TicketRecalled','{"at":"2026-11-24T07:46:40Z","order":1,"number":"O001","desk":"17","call":2}','kiosk-1','r27');
INSERT INTO "events" VALUES(33,'2026-11-24','ServiceStarted','{"at":"2026-11-24T07:47:00Z","order":1,"number":"O001","desk":"17"}','kiosk-1','r28');
INSERT INTO "events" VALUES(34,'2026-11-24','TicketCalled','{"at":"2026-11-24T07:47:20Z","order":3,"number":"D001","desk":"30","call":3,"reason":"place 08:46: issued 08:41, handicap 5 min; next in line D002 at 08:47","grounds":{"how":"in_turn","desk":"30","issued_at":"2026-11-24T07:41:00Z","place":"2026-11-24T07:46:00Z","anchor":null,"booked_at":null,"priority":null,"head_start_minutes":0,"handicap_minutes":5,"next_number":"D002","next_place":"2026-11-24T07:47:00Z"}}','kiosk-1','r29');
INSERT INTO "events" VALUES(35,'2026-11-24','ServiceStarted','{"at":"2026-11-24T07:47:40Z","order":3,"number":"D001","desk":"30"}','kiosk-1','r30');
INSERT INTO "events" VALUES(36,'2026-11-24','TicketHeld','{"at":"2026-11-24T07:48:00Z","order":3,"number":"D001","desk":"30"}','kiosk-1','r31');
INSERT INTO "events" VALUES(37,'2026-11-24','ServiceFinished','{"at":"2026-11-24T07:50:00Z","order":1,"number":"O001","desk":"17","by":"next"}','kiosk-1','r32');
INSERT INTO "events" VALUES(38,'2026-11-24','TicketCalled','{"at":"2026-11-24T07:50:00Z","order":2,"number":"O002","desk":"17","call":4,"reason":"place 08:40: issued 08:40; next in line O003 at 08:43","grounds":{"how":"in_turn","desk":"17","issued_at":"2026-11-24T07:40:00Z","place":"2026-11-24T07:40:00Z","anchor":null,"booked_at":null,"priority":null,"head_start_minutes":0,"handicap_minutes":0,"next_number":"O003","next_place":"2026-11-24T07:43:00Z"}}','kiosk-1','r32');
INSERT INTO "events" VALUES(39,'2026-11-24','TicketNoShow','{"at":"2026-11-24T07:50:20Z","order":2,"number":"O002","desk":"17"}','kiosk-1','r33');
INSERT INTO "events" VALUES(40,'2026-11-24','TicketCancelled','{"at":"2026-11-24T07:50:40Z","order":7,"number":"O004"}','kiosk-1','r34');
INSERT INTO "events" VALUES(41,'2026-11-24','TicketCalled','{"at":"2026-11-24T07:51:10Z","order":5,"number":"O003","desk":"17","call":5,"reason":"place 08:43: issued 08:43; nobody else in line","grounds":{"how":"in_turn","desk":"17","issued_at":"2026-11-24T07:43:00Z","place":"2026-11-24T07:43:00Z","anchor":null,"booked_at":null,"priority":null,"head_start_minutes":0,"handicap_minutes":0,"next_number":null,"next_place":null}}','kiosk-1','r35');
INSERT INTO "events" VALUES(42,'2026-11-24','TicketRestored','{"at":"2026-11-24T07:51:13Z","order":5,"number":"O003","desk":"17"}','kiosk-1','r36');
INSERT INTO "events" VALUES(43,'2026-11-24','DeskRestored','{"at":"2026-11-24T07:51:13Z","desk":"17"}','kiosk-1','r36');
INSERT INTO "events" VALUES(44,'2026-11-24','TicketCalled','{"at":"2026-11-24T07:51:43Z","order":5,"number":"O003","desk":"17","call":6,"reason":"place 08:43: issued 08:43; nobody else in line","grounds":{"how":"in_turn","desk":"17","issued_at":"2026-11-24T07:43:00Z","place":"2026-11-24T07:43:00Z","anchor":null,"booked_at":null,"priority":null,"head_start_minutes":0,"handicap_minutes":0,"next_number":null,"next_place":null}}','kiosk-1','r37');
INSERT INTO "events" VALUES(45,'2026-11-24','DeskPaused','{"at":"2026-11-24T07:52:03Z","desk":"30","reason":"break"}','kiosk-1','r38');
CREATE TABLE tickets (
	day TEXT NOT NULL, 
	"order" INTEGER NOT NULL, 
	number TEXT NOT NULL, 
	category TEXT NOT NULL, 
	priority TEXT, 
	status TEXT NOT NULL, 
	desk TEXT, 
	issued_at TEXT NOT NULL, 
	called_at TEXT, 
	started_at TEXT, 
	ended_at TEXT, 
	recalls INTEGER NOT NULL, 
	printed TEXT, 
	CONSTRAINT pk_tickets PRIMARY KEY (day, "order")
)
 WITHOUT ROWID

;
INSERT INTO "tickets" VALUES('2026-11-23',1,'O001','fees',NULL,'served','17','2026-11-23T07:31:20+00:00','2026-11-23T07:33:00+00:00','2026-11-23T07:33:20+00:00','2026-11-23T07:36:40+00:00',0,NULL);
INSERT INTO "tickets" VALUES('2026-11-23',2,'O002','fees',NULL,'closed',NULL,'2026-11-23T07:31:40+00:00',NULL,NULL,'2026-11-24T07:37:00+00:00',0,NULL);
INSERT INTO "tickets" VALUES('2026-11-23',3,'O003','fees',NULL,'closed',NULL,'2026-11-23T07:32:00+00:00',NULL,NULL,'2026-11-24T07:37:00+00:00',0,NULL);
INSERT INTO "tickets" VALUES('2026-11-23',4,'O004','fees',NULL,'closed',NULL,'2026-11-23T07:32:20+00:00',NULL,NULL,'2026-11-24T07:37:00+00:00',0,NULL);
INSERT INTO "tickets" VALUES('2026-11-23',5,'D001','id-cards','disability','closed',NULL,'2026-11-23T07:32:40+00:00',NULL,NULL,'2026-11-24T07:37:00+00:00',0,NULL);
INSERT INTO "tickets" VALUES('2026-11-24',1,'O001','fees',NULL,'served','17','2026-11-24T07:39:00+00:00','2026-11-24T07:46:00+00:00','2026-11-24T07:47:00+00:00','2026-11-24T07:50:00+00:00',1,'printed');
INSERT INTO "tickets" VALUES('2026-11-24',2,'O002','fees',NULL,'no_show','17','2026-11-24T07:40:00+00:00','2026-11-24T07:50:00+00:00',NULL,'2026-11-24T07:50:20+00:00',0,'failed');
INSERT INTO "tickets" VALUES('2026-11-24',3,'D001','id-cards',NULL,'on_hold',NULL,'2026-11-24T07:41:00+00:00','2026-11-24T07:47:20+00:00','2026-11-24T07:47:40+00:00',NULL,0,NULL);
INSERT INTO "tickets" VALUES('2026-11-24',4,'D002','id-cards',NULL,'waiting',NULL,'2026-11-24T07:42:00+00:00',NULL,NULL,NULL,0,NULL);
INSERT INTO "tickets" VALUES('2026-11-24',5,'O003','fees',NULL,'called','17','2026-11-24T07:43:00+00:00','2026-11-24T07:51:43+00:00',NULL,NULL,0,NULL);
INSERT INTO "tickets" VALUES('2026-11-24',6,'D003','id-cards',NULL,'waiting',NULL,'2026-11-24T07:44:00+00:00',NULL,NULL,NULL,0,NULL);
INSERT INTO "tickets" VALUES('2026-11-24',7,'O004','fees',NULL,'cancelled',NULL,'2026-11-24T07:45:00+00:00',NULL,NULL,'2026-11-24T07:50:40+00:00',0,NULL);
COMMIT;
