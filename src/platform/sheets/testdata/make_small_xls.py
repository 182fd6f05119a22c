# Makes small.xls: /usr/bin/python3 make_small_xls.py small.xls (Debian package python3-xlwt).
import xlwt, datetime, sys
def small(path):
    b=xlwt.Workbook(encoding='utf-8')
    s=b.add_sheet('党员名册')
    d=xlwt.easyxf(num_format_str='yyyy-mm-dd'); c=xlwt.easyxf(num_format_str='yyyy"年"m"月"d"日"')
    dt=xlwt.easyxf(num_format_str='yyyy-mm-dd hh:mm:ss'); t=xlwt.easyxf(num_format_str='h:mm')
    for i,h in enumerate(['姓名','公民身份号码','入党日期','金额','是否','公式','错误']): s.write(0,i,h)
    s.write(1,0,'张三'); s.write(1,1,'410101199001011234'); s.write(1,2,datetime.date(2024,3,5),d)
    s.write(1,3,1.1); s.write(1,4,True); s.write(1,5,xlwt.Formula('1+1')); s.write(1,6,xlwt.Formula('1/0'))
    s.write(3,0,'李四'); s.write(3,1,410101199001011234); s.write(3,2,datetime.date(1999,12,31),c)
    s.write(3,3,42); s.write(3,4,False); s.write(3,5,datetime.datetime(2024,3,5,13,20,0),dt); s.write(3,6,0.5,t)
    s.write(4,0,-7); s.write(4,1,0.29); s.write(4,2,12345678)
    h=b.add_sheet('隐藏'); h.visibility=1; h.write(0,0,'x')
    e=b.add_sheet('空')
    b.save(path)
small(sys.argv[1])
